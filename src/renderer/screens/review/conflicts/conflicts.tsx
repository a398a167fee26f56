import { Stack, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableReview } from '#contract/review';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { partOf } from '#renderer/components/long-list/list-part.ts';
import { PartButtons } from '#renderer/components/long-list/part-buttons.tsx';
import type { ReviewPlace } from '../use-review-place.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { ConflictList } from './conflict-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import { MatchingBar } from './matching-bar.tsx';
import { useFirstConflicts } from './use-conflict-rows.ts';

interface ConflictsProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly counts: TableReview;
  readonly place: ReviewPlace;
}

/** The conflicts of one table: narrowed, looked at, decided upon. */
export function Conflicts({ reviewing, table, counts, place }: ConflictsProps) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const source = { job: reviewing.number, table, filter: place.filter };
  const first = useFirstConflicts(source);
  const { data, error } = first;
  const matching = data?.matching ?? counts.changed;
  const shown = partOf(matching, place.part);
  return (
    <Stack gap="sm">
      <FilterBar table={reviewing.review.tables[table]} counts={counts} place={place} />
      {error === null ? null : <ErrorNote error={error} onRetry={() => void first.refetch()} actions={null} />}
      {data === undefined && error === null ? <LoadingNote /> : null}
      {data === undefined ? null : (
        <>
          <MatchingBar
            reviewing={reviewing}
            table={table}
            filter={place.filter}
            matching={matching}
            total={counts.changed}
            isCounting={first.isPlaceholderData}
            onSaid={setSaid}
          />
          <PartButtons shown={shown} onGo={place.goToPart} />
          <ConflictList
            key={`${JSON.stringify(place.filter)} ${place.part}`}
            reviewing={reviewing}
            source={source}
            first={data}
            matching={matching}
            isOld={first.isPlaceholderData}
            place={place}
            shown={shown}
            said={said}
            onSaid={setSaid}
          />
        </>
      )}
      <VisuallyHidden role="status" aria-label={t('review.decide.label')}>
        {/* The drawer tells it itself. */}
        {place.opened === null ? said : ''}
      </VisuallyHidden>
    </Stack>
  );
}
