import { Select } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectPage } from '#contract/api/reject-pages';
import { Gap } from '#renderer/components/long-list/gap.tsx';
import { PartButtons } from '#renderer/components/long-list/part-buttons.tsx';
import { useListPart } from '#renderer/components/long-list/use-list-part.ts';
import { isChosen, SORT_COLUMNS, sortFromAddress, sortToAddress } from '../reject-view.ts';
import type { RejectView } from '../use-reject-view.ts';
import { GridHead } from './grid-head.tsx';
import classes from './list.module.css';
import { RejectRow, rowId } from './reject-row.tsx';
import { useRejectRows } from './use-reject-pages.ts';
import type { Steps } from './use-steps.ts';

interface RejectsGridProps {
  readonly job: number;
  readonly view: RejectView;
  readonly refreshMs: number | false;
  readonly page: RejectPage;
  readonly outdated: boolean;
  readonly steps: Steps;
  /** Of the grid, which takes the focus back from the record. */
  readonly gridRef: Ref<HTMLTableElement>;
  /** To the fields of the chosen one. */
  readonly onEdit: () => void;
  /** One was chosen by pointing at it. */
  readonly onPoint: () => void;
}

/** The rejects as rows, however many; only those in sight are in the page. */
export function RejectsGrid(props: RejectsGridProps) {
  const { job, view, refreshMs, page, outdated, steps, gridRef } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { chosen } = view;
  const at = chosen?.at ?? null;
  const [part, goToPart] = useListPart(page.matching, at);
  const { offset, count } = part;
  /** The chosen one's place among those in the list. */
  const active = at !== null && at >= offset && at < offset + count ? at - offset : null;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const rowAt = useRejectRows(
    { job, view, refreshMs },
    page.entries,
    items.map(({ index }) => offset + index),
  );
  useEffect(() => {
    if (active === null) return;
    virtualizer.scrollToIndex(active, { align: 'auto' });
    // The list gives room to the record first.
    const frame = requestAnimationFrame(() => showRow(scroller.current, offset + active));
    return () => cancelAnimationFrame(frame);
  }, [active, offset, virtualizer]);
  const point = useRef((_: number) => {});
  point.current = (index) => {
    steps.goTo(index);
    props.onPoint();
  };
  const choose = useCallback((index: number) => point.current(index), []);
  return (
    <div className={classes.box}>
      <SortSelect view={view} />
      <PartButtons
        shown={part}
        onGo={(next) => {
          virtualizer.scrollToOffset(0);
          goToPart(next);
        }}
      />
      <div
        ref={scroller}
        className={classes.scroller}
        data-outdated={outdated || undefined}
        data-chosen={chosen !== null || undefined}
      >
        <table
          ref={gridRef}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the arrow keys
          role="grid"
          tabIndex={0}
          className={classes.grid}
          aria-label={t('rejects.tableLabel')}
          aria-rowcount={page.matching + 1}
          aria-busy={outdated}
          aria-activedescendant={active === null ? undefined : rowId(offset + active)}
          onKeyDown={(event) => onKey(event, props)}
        >
          <GridHead sort={view.sort} onSort={view.setSort} />
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index, key }) => {
            const entry = rowAt(offset + index);
            return (
              <tbody key={key} ref={virtualizer.measureElement} data-index={index}>
                <RejectRow
                  index={offset + index}
                  entry={entry}
                  chosen={entry !== undefined && isChosen(entry, chosen)}
                  onChoose={choose}
                />
              </tbody>
            );
          })}
          <Gap height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </table>
      </div>
    </div>
  );
}

/** Scrolls the list, and nothing else, until a row is wholly in sight. */
function showRow(scroller: HTMLElement | null, index: number): void {
  const row = scroller?.querySelector(`#${rowId(index)}`);
  const head = scroller?.querySelector('thead');
  if (!scroller || !row || !head) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  const place = row.getBoundingClientRect();
  const covered = top + head.getBoundingClientRect().height;
  if (place.top < covered) scroller.scrollTop -= covered - place.top;
  else if (place.bottom > bottom) scroller.scrollTop += Math.min(place.bottom - bottom, place.top - covered);
}

const LEAP = 10;

function onKey(event: KeyboardEvent, { steps, view, page, onEdit }: RejectsGridProps): void {
  // Of the head, whose buttons have keys of their own.
  if (event.target !== event.currentTarget) return;
  const act = actionOf(event.key, { steps, last: page.matching - 1 });
  if (act !== null) act();
  else if (event.key === 'Enter' && view.chosen !== null) onEdit();
  else if (event.key === 'Escape' && view.chosen !== null) view.choose(null);
  else return;
  event.preventDefault();
}

function actionOf(key: string, { steps, last }: { readonly steps: Steps; readonly last: number }): (() => void) | null {
  switch (key) {
    case 'ArrowDown':
      return () => steps.by(1);
    case 'ArrowUp':
      return () => steps.by(-1);
    case 'PageDown':
      return () => steps.by(LEAP);
    case 'PageUp':
      return () => steps.by(-LEAP);
    case 'Home':
      return () => steps.goTo(0);
    case 'End':
      return () => steps.goTo(last);
    default:
      return null;
  }
}

/** Stands for the rows out of sight. */
/** Narrow lists show no head to click on. */
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
      className={classes.sort ?? ''}
      aria-label={t('rejects.sortBy', { column: '' }).trim()}
      data={data}
      value={sortToAddress(view.sort) || 'place'}
      onChange={(value) => view.setSort(sortFromAddress(value ?? ''))}
      allowDeselect={false}
    />
  );
}
