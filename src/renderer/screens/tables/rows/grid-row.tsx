import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import type { Row } from './row-source.ts';
import classes from './rows.module.css';

interface GridRowProps {
  readonly index: number;
  readonly top: number;
  /** null: not fetched yet. */
  readonly row: Row | null;
  readonly columns: number;
  /** `1` for each column of numbers. */
  readonly numeric: string;
  readonly onShow: (index: number) => void;
}

/** One row; scrolling moves rows in and out, but draws none of them anew. */
export const GridRow = memo(function GridRow({ index, top, row, columns, numeric, onShow }: GridRowProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its button is.
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-odd={index % 2 === 1}
      style={{ transform: `translateY(${top}px)` }}
      onDoubleClick={() => row !== null && onShow(index)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
      <div role="cell" className={classes.number}>
        <UnstyledButton
          className={classes.open ?? ''}
          disabled={row === null}
          aria-label={t('tables.rows.show', { number: index + 1 })}
          onClick={() => onShow(index)}
        >
          {formatNumber(index + 1)}
        </UnstyledButton>
      </div>
      {row === null
        ? Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move.
            // biome-ignore lint/a11y/useSemanticElements: see the grid.
            <div key={column} role="cell" className={classes.cell} data-pending />
          ))
        : row.map((value, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move.
            // biome-ignore lint/a11y/useSemanticElements: see the grid.
            <div key={column} role="cell" className={classes.cell} data-numeric={numeric[column] === '1'}>
              {value === null ? <i className={classes.null}>{t('tables.rows.null')}</i> : value}
            </div>
          ))}
    </div>
  );
});
