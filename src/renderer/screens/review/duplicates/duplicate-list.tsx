import { Stack, Text } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicatePage } from '#contract/api/reviews';
import type { TableReview } from '#contract/review';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { partOf } from '#renderer/components/long-list/list-part.ts';
import { PartButtons } from '#renderer/components/long-list/part-buttons.tsx';
import classes from '../review.module.css';
import type { ReviewPlace } from '../use-review-place.ts';
import { useDuplicateRows, useFirstDuplicates } from './use-duplicate-rows.ts';

interface DuplicateListProps {
  readonly number: number;
  readonly table: string;
  readonly counts: TableReview;
  readonly place: ReviewPlace;
}

/** Rows of the load that say something else than an earlier row of it with the same key. */
export function DuplicateList({ number, table, counts, place }: DuplicateListProps) {
  const { t } = useTranslation();
  const { duplicates, contradicting } = counts;
  const harmless = duplicates - contradicting;
  return (
    <Stack gap="sm">
      {harmless > 0 ? (
        <Text fz="sm" c="dimmed">
          {t('review.duplicates.harmless', { count: harmless })}
        </Text>
      ) : null}
      {contradicting === 0 ? (
        <EmptyNote title={t('review.duplicates.none')} />
      ) : (
        <>
          <Text fz="sm">{t('review.duplicates.hint')}</Text>
          <Contradicting job={number} table={table} place={place} />
        </>
      )}
    </Stack>
  );
}

interface ContradictingProps {
  readonly job: number;
  readonly table: string;
  readonly place: ReviewPlace;
}

function Contradicting({ job, table, place }: ContradictingProps) {
  const { data, error, refetch } = useFirstDuplicates({ job, table });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} actions={null} />;
  if (data === undefined) return <LoadingNote />;
  return <Rows job={job} table={table} place={place} first={data} />;
}

const ROW_PX = 56;
const SETTLE_MS = 150;

function Rows({ job, table, place, first }: ContradictingProps & { readonly first: DuplicatePage }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const total = first.matching ?? first.duplicates.length;
  const shown = partOf(total, place.part);
  const { offset, count } = shown;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const seen = useThrottledValue(`${items[0]?.index ?? 0} ${items.at(-1)?.index ?? 0}`, SETTLE_MS);
  const [from = 0, to = 0] = seen.split(' ').map((index) => offset + Number(index));
  const rowAt = useDuplicateRows({ job, table }, first, from, to);
  return (
    <>
      <PartButtons shown={shown} onGo={place.goToPart} />
      <section
        ref={scroller}
        className={classes.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={t('review.duplicates.label')}
      >
        <table className={classes.grid} aria-label={t('review.duplicates.label')} aria-rowcount={count + 1}>
          <thead className={classes.head}>
            <tr>
              <th>{t('review.duplicates.key')}</th>
              <th>{t('review.duplicates.first')}</th>
              <th>{t('review.duplicates.again')}</th>
            </tr>
          </thead>
          <tbody aria-hidden>
            <tr style={{ height: items[0]?.start ?? 0 }} />
          </tbody>
          {items.map(({ index, key }) => (
            <tbody key={key} ref={virtualizer.measureElement} data-index={index}>
              <DuplicateRow index={index} duplicate={rowAt(offset + index)} />
            </tbody>
          ))}
          <tbody aria-hidden>
            <tr style={{ height: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) }} />
          </tbody>
        </table>
      </section>
    </>
  );
}

interface DuplicateRowProps {
  readonly index: number;
  readonly duplicate: DuplicatePage['duplicates'][number] | undefined;
}

function DuplicateRow({ index, duplicate }: DuplicateRowProps) {
  const { t } = useTranslation();
  const place = (path: string, line: number) => t('review.detail.place', { path, line });
  return (
    <tr className={classes.plainRow} aria-rowindex={index + 2}>
      {duplicate === undefined ? (
        <td colSpan={3}>{t('review.grid.loading')}</td>
      ) : (
        <>
          <td>
            <b>{duplicate.key}</b>
          </td>
          <td>{place(duplicate.earlierPath, duplicate.earlierLine)}</td>
          <td>{place(duplicate.path, duplicate.line)}</td>
        </>
      )}
    </tr>
  );
}
