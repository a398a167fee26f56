import { Select } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectPage } from '#contract/api/reject-pages';
import { GridHead } from './grid-head.tsx';
import { RejectRow } from './reject-row.tsx';
import { SORT_COLUMNS, sortFromAddress, sortToAddress } from './reject-view.ts';
import classes from './rejects.module.css';
import { useRejectRows } from './use-reject-pages.ts';
import type { RejectView } from './use-reject-view.ts';

interface RejectsGridProps {
  readonly job: number;
  readonly view: RejectView;
  readonly running: boolean;
  readonly page: RejectPage;
  readonly outdated: boolean;
}

/** The rejects as rows, however many; only those in sight are in the page. */
export function RejectsGrid({ job, view, running, page, outdated }: RejectsGridProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const virtualizer = useVirtualizer({
    count: page.matching,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const rowAt = useRejectRows(
    { job, view, running },
    page.entries,
    items.map(({ index }) => index),
  );
  const toggle = (index: number) => setOpened((before) => toggled(before, index));
  return (
    <>
      <SortSelect view={view} />
      <div ref={scroller} className={classes.scroller} data-outdated={outdated || undefined}>
        <table
          className={classes.grid}
          aria-label={t('rejects.tableLabel')}
          aria-rowcount={page.matching + 1}
          aria-busy={outdated}
        >
          <GridHead sort={view.sort} onSort={view.setSort} />
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index, key }) => (
            <tbody key={key} ref={virtualizer.measureElement} data-index={index}>
              <RejectRow index={index} entry={rowAt(index)} opened={opened.has(index)} onToggle={toggle} />
            </tbody>
          ))}
          <Gap height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </table>
      </div>
    </>
  );
}

/** Stands for the rows out of sight. */
function Gap({ height }: { readonly height: number }) {
  return (
    <tbody aria-hidden>
      <tr style={{ height }} />
    </tbody>
  );
}

/** Narrow windows show no head to click on. */
function SortSelect({ view }: { readonly view: RejectView }) {
  const { t } = useTranslation();
  const data = SORT_COLUMNS.flatMap((by) =>
    [false, true].map((descending) => ({
      value: sortToAddress({ by, descending }) || 'place',
      label: `${t('rejects.sortBy', { column: t(`rejects.column.${by}`) })} ${descending ? '↓' : '↑'}`,
    })),
  );
  return (
    <Select
      hiddenFrom="sm"
      aria-label={t('rejects.sortBy', { column: '' }).trim()}
      data={data}
      value={sortToAddress(view.sort) || 'place'}
      onChange={(value) => view.setSort(sortFromAddress(value ?? ''))}
      allowDeselect={false}
    />
  );
}

function toggled(before: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(index)) after.add(index);
  return after;
}
