import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from './row-source.ts';
import classes from './rows.module.css';
import type { GridHeader, useGridColumns } from './use-grid-columns.ts';

interface GridHeadProps {
  readonly columns: ReturnType<typeof useGridColumns>;
  readonly order: Order | null;
  /** `1` for each column of numbers. */
  readonly numeric: string;
  readonly onOrder: (order: Order | null) => void;
}

/** The names of the columns: each sorts, and has a handle for its width. */
export function GridHead({ columns, order, numeric, onOrder }: GridHeadProps) {
  const { t } = useTranslation();
  const resize = (name: string, width: number) => columns.setColumnSizing((now) => ({ ...now, [name]: width }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are. */}
      <div role="row" aria-rowindex={1} className={classes.row}>
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: it has nothing to do. */}
        <div role="columnheader" className={classes.number}>
          {t('tables.rows.number')}
        </div>
        {columns.getFlatHeaders().map((header, index) => (
          <HeadCell
            key={header.id}
            header={header}
            order={order?.column === header.id ? order : null}
            numeric={numeric[index] === '1'}
            onOrder={onOrder}
            onResize={(width) => resize(header.id, width)}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps {
  readonly header: GridHeader;
  readonly order: Order | null;
  readonly numeric: boolean;
  readonly onOrder: (order: Order | null) => void;
  readonly onResize: (width: number) => void;
}

function HeadCell({ header, order, numeric, onOrder, onResize }: HeadCellProps) {
  const { t } = useTranslation();
  const name = header.id;
  const Arrow = order?.descending ? IconArrowDown : IconArrowUp;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its button is.
    <div role="columnheader" className={classes.headCell} aria-sort={sortOf(order)} data-numeric={numeric}>
      <UnstyledButton
        className={classes.sort ?? ''}
        title={t('tables.rows.sortBy', { column: name })}
        onClick={() => onOrder(nextOrder(name, order))}
      >
        <span className={classes.name}>{name}</span>
        {order === null ? null : <Arrow size={14} aria-hidden />}
      </UnstyledButton>
      <Handle header={header} onResize={onResize} />
    </div>
  );
}

/** One press of an arrow key. */
const STEP_PX = 16;

function Handle({ header, onResize }: Pick<HeadCellProps, 'header' | 'onResize'>) {
  const { t } = useTranslation();
  const width = header.getSize();
  const least = header.column.columnDef.minSize ?? 0;
  const most = header.column.columnDef.maxSize ?? width;
  const step = (event: KeyboardEvent) => {
    const change = event.key === 'ArrowRight' ? STEP_PX : event.key === 'ArrowLeft' ? -STEP_PX : 0;
    if (change === 0) return;
    event.preventDefault();
    onResize(Math.min(most, Math.max(least, width + change)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('tables.rows.resize', { column: header.id })}
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={classes.handle}
      onMouseDown={header.getResizeHandler()}
      onTouchStart={header.getResizeHandler()}
      onDoubleClick={() => header.column.resetSize()}
      onKeyDown={step}
    />
  );
}

function sortOf(order: Order | null): 'ascending' | 'descending' | 'none' {
  if (order === null) return 'none';
  return order.descending ? 'descending' : 'ascending';
}

/** Ascending, descending, as it was. */
function nextOrder(column: string, order: Order | null): Order | null {
  if (order === null) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}
