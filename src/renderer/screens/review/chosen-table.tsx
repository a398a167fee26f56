import { Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import { Conflicts } from './conflicts/conflicts.tsx';
import { DuplicateList } from './duplicates/duplicate-list.tsx';
import { TableCounts } from './tables/table-counts.tsx';
import type { ReviewPlace } from './use-review-place.ts';
import type { Reviewing } from './use-reviewing.ts';

interface ChosenTableProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly place: ReviewPlace;
}

/** What the check found in one table, row by row. */
export function ChosenTable({ reviewing, table, place }: ChosenTableProps) {
  const { t } = useTranslation();
  const counts = reviewing.review.summary.tables[table];
  if (counts === undefined) return null;
  return (
    <Stack gap="md" miw={0} component="section" aria-label={table}>
      <TableCounts number={reviewing.number} table={table} counts={counts} />
      <Tabs
        value={place.tab}
        onChange={(tab) => place.goToTab(tab === 'duplicates' ? tab : 'conflicts')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="conflicts">
            {t('review.tab.conflicts')} ({formatNumber(counts.changed)})
          </Tabs.Tab>
          <Tabs.Tab value="duplicates">
            {t('review.tab.duplicates')} ({formatNumber(counts.duplicates)})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="conflicts">
          {counts.changed === 0 ? (
            <EmptyNote title={t('review.empty.table', { table })}>{t('review.empty.tableText')}</EmptyNote>
          ) : (
            <Conflicts reviewing={reviewing} table={table} counts={counts} place={place} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="duplicates">
          <DuplicateList number={reviewing.number} table={table} counts={counts} place={place} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
