import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoConflictPage } from '#contract/api/undos';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { Section } from '../parts/section.tsx';
import { LeftRow } from './left-row.tsx';
import { type LeftFilter, useLeftRows } from './use-left-rows.ts';

/** The rows that an undo left as they were, each with its reason, as many as one asks for. */
export function LeftRows({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<LeftFilter | null>(null);
  const { conflicts, matching, counts, error, retry, hasMore, isGrowing, showMore } = useLeftRows(number, filter);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  // Undos of earlier versions kept no list.
  if (conflicts !== undefined && total === 0) return null;
  return (
    <Section title={t('undo.list.title', { count: total })} hint={t('undo.list.hint')}>
      {error === null ? null : <ErrorNote error={error} onRetry={retry} actions={null} />}
      {conflicts === undefined && error === null ? <LoadingNote /> : null}
      {counts.length > 1 ? <Filter counts={counts} total={total} filter={filter} onFilter={setFilter} /> : null}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('undo.list.label')}>
        {(conflicts ?? []).map((conflict) => (
          <LeftRow key={conflict.number} conflict={conflict} />
        ))}
      </Stack>
      {matching > 0 ? (
        <Group justify="space-between">
          <Text fz="sm" c="dimmed" role="status">
            {t('undo.list.shown', { shown: conflicts?.length ?? 0, total: matching })}
          </Text>
          {hasMore ? (
            <Button variant="default" size="compact-sm" loading={isGrowing} onClick={showMore}>
              {t('undo.list.more')}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </Section>
  );
}

interface FilterProps {
  readonly counts: UndoConflictPage['counts'];
  readonly total: number;
  readonly filter: LeftFilter | null;
  readonly onFilter: (filter: LeftFilter | null) => void;
}

const ALL = 'all';

/** By table and reason: what there is, with how much of it. */
function Filter({ counts, total, filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  const some = counts.map(({ table, reason, count }, index) => ({
    value: String(index),
    label: t('undo.list.some', { table, reason: t(`undo.short.${reason}`), count }),
  }));
  const chosen = counts.findIndex(({ table, reason }) => table === filter?.table && reason === filter.reason);
  return (
    <Select
      maw={420}
      label={t('undo.list.filter')}
      data={[{ value: ALL, label: t('undo.list.all', { count: total }) }, ...some]}
      value={chosen < 0 ? ALL : String(chosen)}
      allowDeselect={false}
      onChange={(value) => {
        const one = counts[Number(value)];
        onFilter(value === ALL || one === undefined ? null : { table: one.table, reason: one.reason });
      }}
    />
  );
}
