import { Group, Text } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictPage } from '#contract/api/reviews';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { ConflictDrawer } from '../detail/conflict-drawer.tsx';
import classes from '../review.module.css';
import type { ReviewPlace } from '../use-review-place.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { ConflictRow } from './conflict-row.tsx';
import { PartButtons } from './part-buttons.tsx';
import { type ConflictSource, MOST_ROWS, useConflictRows } from './use-conflict-rows.ts';
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
  readonly onSaid: (words: string) => void;
}

/** Whoever drags the scroll bar passes many pages; only where they linger is asked for. */
const SETTLE_MS = 150;

/** The conflicts as rows, however many; only those in sight are in the page. */
export function ConflictList(props: ConflictListProps) {
  const { reviewing, source, first, matching, isOld, place, onSaid } = props;
  const { t } = useTranslation();
  const hint = useId();
  const { columns } = first;
  const { table } = source;
  const offset = Math.min(place.part, Math.floor(Math.max(0, matching - 1) / MOST_ROWS)) * MOST_ROWS;
  const count = Math.min(matching - offset, MOST_ROWS);
  const decide = useDecide({ reviewing, table, columns, onSaid });
  const opened = place.opened;
  const focus = useRowFocus({
    count,
    start: opened === null ? 0 : opened.index - offset,
    onOpen: (index) => open(index),
    onDecide: (index, use) => {
      const conflict = rows.at(offset + index);
      if (conflict !== undefined) decide.decide(conflict, use);
    },
  });
  const items = focus.virtualizer.getVirtualItems();
  const seen = useThrottledValue(`${items[0]?.index ?? 0} ${items.at(-1)?.index ?? 0}`, SETTLE_MS);
  const rows = useConflictRows(source, first, wanted(seen, offset, opened?.index ?? null));
  const open = (index: number) => {
    const conflict = rows.at(offset + index);
    if (conflict !== undefined) place.open({ number: conflict.number, index: offset + index });
  };
  if (matching === 0) return <EmptyNote title={t('review.grid.noMatch')} />;
  return (
    <>
      {rows.error === null ? null : <ErrorNote error={rows.error} onRetry={rows.retry} actions={null} />}
      <PartButtons offset={offset} count={count} total={matching} onGo={place.goToPart} part={offset / MOST_ROWS} />
      <div ref={focus.scroller} className={classes.scroller} data-outdated={isOld || undefined}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are gone through and decided upon by keys.
          role="grid"
          className={classes.grid}
          aria-label={t('review.grid.label', { table })}
          aria-describedby={hint}
          aria-rowcount={count + 1}
          aria-busy={isOld}
          onKeyDown={focus.onKeyDown}
        >
          <Head />
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index, key }) => (
            <tbody key={key} ref={focus.virtualizer.measureElement} data-index={index}>
              <ConflictRow
                index={index}
                columns={columns}
                conflict={rows.at(offset + index)}
                reviewing={reviewing}
                table={table}
                decide={decide}
                isActive={index === focus.active}
                onFocus={focus.setActive}
                onOpen={open}
              />
            </tbody>
          ))}
          <Gap height={focus.virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </table>
      </div>
      <Group justify="space-between" visibleFrom="sm">
        <Text id={hint} fz="xs" c="dimmed">
          {t('review.decide.keys')}
        </Text>
      </Group>
      {opened === null ? null : (
        <ConflictDrawer
          reviewing={reviewing}
          source={source}
          columns={columns}
          opened={opened}
          matching={matching}
          neighbour={rows.at}
          decide={decide}
          onGo={place.open}
          onClose={() => {
            place.open(null);
            focus.reach(opened.index - offset);
          }}
        />
      )}
    </>
  );
}

/** Places of the whole list that are needed: those in sight, and those beside the one that is looked at. */
function wanted(seen: string, offset: number, opened: number | null): readonly number[] {
  const [from = 0, to = 0] = seen.split(' ').map(Number);
  const beside = opened === null ? [] : [Math.max(0, opened - 1), opened, opened + 1];
  return [...Array.from({ length: to - from + 1 }, (_, at) => offset + from + at), ...beside];
}

function Head() {
  const { t } = useTranslation();
  return (
    <thead className={classes.head}>
      <tr>
        <th className={classes.keyHead}>{t('review.grid.key')}</th>
        <th>{t('review.grid.changes')}</th>
        <th className={classes.outcomeHead}>{t('review.grid.outcome')}</th>
        <th className={classes.decideHead}>{t('review.grid.decide')}</th>
      </tr>
    </thead>
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
