import { useThrottledValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowPage, TableDescription } from '#contract/api/catalog';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { RowDrawer } from './row-drawer.tsx';
import type { Order, RowSource } from './row-source.ts';
import classes from './rows.module.css';
import { useGridColumns } from './use-grid-columns.ts';
import { useRowPages } from './use-row-pages.ts';

const ROW_PX = 34;
const HEAD_PX = 36;
const NUMBER_PX = 76;
/** Whoever drags the scroll bar passes many pages; only where they linger is fetched. */
const SETTLE_MS = 150;
/** What PostgreSQL calls numbers; they stand at the right. */
const NUMERIC = /^(smallint|integer|bigint|numeric|real|double precision|money)\b/;

interface RowsGridProps {
  readonly source: RowSource;
  readonly first: RowPage;
  /** The rows of the former order still stand there. */
  readonly stale: boolean;
  readonly description: TableDescription;
  readonly onOrder: (order: Order | null) => void;
}

/** A grid that draws only the rows in sight, under a head that stays. */
export function RowsGrid({ source, first, stale, description, onOrder }: RowsGridProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [range, setRange] = useState({ from: 0, to: 0 });
  const pages = useRowPages(source, first, useThrottledValue(range, SETTLE_MS));
  const columns = useGridColumns(first);
  const virtualizer = useVirtualizer({
    count: pages.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    scrollPaddingStart: HEAD_PX,
    overscan: 8,
    onChange: ({ range: seen }) => {
      if (seen === null) return;
      const { startIndex: from, endIndex: to } = seen;
      setRange((now) => (now.from === from && now.to === to ? now : { from, to }));
    },
  });
  const widths = columns.getAllLeafColumns().map((column) => column.getSize());
  const style = {
    '--columns': `${NUMBER_PX}px ${widths.map((width) => `${width}px`).join(' ')}`,
    '--width': `${NUMBER_PX + widths.reduce((sum, width) => sum + width, 0)}px`,
  } as CSSProperties;
  const numeric = numericColumns(first, description);
  const reorder = (order: Order | null) => {
    // What is sorted is looked at from its begin.
    scroller.current?.scrollTo({ top: 0 });
    onOrder(order);
  };
  return (
    <>
      {pages.error === null ? null : <ErrorNote error={pages.error} onRetry={pages.retry} actions={null} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out rows. */}
      <div
        ref={scroller}
        className={classes.scroller}
        style={style}
        role="table"
        aria-label={t('tables.rows.grid', { table: source.table.table })}
        aria-rowcount={pages.count + 1}
        aria-colcount={first.columns.length + 1}
        aria-busy={stale}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <GridHead columns={columns} order={source.order} numeric={numeric} onOrder={reorder} />
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <GridRow
              key={index}
              index={index}
              top={start}
              row={pages.rowAt(index)}
              columns={first.columns.length}
              numeric={numeric}
              onShow={setShown}
            />
          ))}
        </div>
      </div>
      <RowDrawer
        index={shown}
        columns={first.columns}
        row={shown === null ? null : pages.rowAt(shown)}
        source={source}
        primaryKey={description.key}
        onClose={() => setShown(null)}
      />
    </>
  );
}

/** As a string, so that rows need not be drawn again: `1` for each column of numbers. */
function numericColumns({ columns }: RowPage, description: TableDescription): string {
  const types = new Map(description.columns.map(({ name, type }) => [name, type]));
  return columns.map((name) => (NUMERIC.test(types.get(name) ?? '') ? '1' : '0')).join('');
}
