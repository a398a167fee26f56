import { Text } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictPage } from '#contract/api/reviews';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import type { ListPart } from '#renderer/components/long-list/list-part.ts';
import { ConflictDrawer } from '../detail/conflict-drawer.tsx';
import type { ReviewPlace } from '../use-review-place.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { ConflictGrid } from './conflict-grid.tsx';
import { type ConflictSource, useConflictRows } from './use-conflict-rows.ts';
import { useDecide } from './use-decide.ts';
import { useRowFocus } from './use-row-focus.ts';

interface ConflictListProps {
  readonly reviewing: Reviewing;
  readonly source: ConflictSource;
  readonly first: ConflictPage;
  readonly matching: number;
  /** They answer the question before this one. */
  readonly isOld: boolean;
  readonly place: ReviewPlace;
  /** Which of them are in the list. */
  readonly shown: ListPart;
  /** What was decided last, in words. */
  readonly said: string;
  readonly onSaid: (words: string) => void;
}

/** Whoever drags the scroll bar passes many pages; only where they linger is asked for. */
const SETTLE_MS = 150;

/** The conflicts that the filter lets through, however many: as rows, and one of them beside. */
export function ConflictList(props: ConflictListProps) {
  const { reviewing, source, first, matching, isOld, place, shown, said, onSaid } = props;
  const { t } = useTranslation();
  const hint = useId();
  const { columns } = first;
  const { opened } = place;
  const { offset, count } = shown;
  const decide = useDecide({ reviewing, table: source.table, columns, onSaid });
  const focus = useRowFocus({
    count,
    start: opened === null ? 0 : opened.index - offset,
    onOpen: (index) => open(index),
    onDecide: (index, use) => {
      const conflict = rows.at(offset + index);
      if (conflict !== undefined) decide.decide(conflict, use);
    },
  });
  const seen = useThrottledValue(focus.seen, SETTLE_MS);
  const beside = opened === null ? [] : [Math.max(0, opened.index - 1), opened.index, opened.index + 1];
  const rows = useConflictRows(source, first, [...placesIn(seen, offset), offset + focus.active, ...beside]);
  const open = (index: number) => {
    const conflict = rows.at(offset + index);
    if (conflict !== undefined) place.open({ number: conflict.number, index: offset + index });
  };
  const close = () => {
    place.open(null);
    if (opened !== null) focus.reach(opened.index - offset);
  };
  const shared = { reviewing, columns, decide };
  if (matching === 0) return <EmptyNote title={t('review.grid.noMatch')} />;
  return (
    <>
      {rows.error === null ? null : <ErrorNote error={rows.error} onRetry={rows.retry} actions={null} />}
      <ConflictGrid
        {...shared}
        table={source.table}
        hint={hint}
        count={count}
        at={(index) => rows.at(offset + index)}
        isOld={isOld}
        focus={focus}
        onOpen={open}
      />
      <Text id={hint} fz="xs" c="dimmed" visibleFrom="sm">
        {t('review.decide.keys')}
      </Text>
      {opened === null ? null : (
        <ConflictDrawer
          {...shared}
          source={source}
          opened={opened}
          matching={matching}
          neighbour={rows.at}
          said={said}
          onGo={place.open}
          onClose={close}
        />
      )}
    </>
  );
}

/** The places of the whole list that are in sight, or nearly. */
function placesIn(seen: string, offset: number): readonly number[] {
  const [from = 0, to = 0] = seen.split(' ').map(Number);
  return Array.from({ length: to - from + 1 }, (_, at) => offset + from + at);
}
