import { Group, Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { forAllTables, forTable } from '../model/edit-resolutions.ts';
import { inheritedWords } from '../model/policy-value.ts';
import { columnsToCompare, ruleAbove } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { Effects } from './effects.tsx';
import { Folds } from './folds.tsx';
import { PolicySelect } from './policy-select.tsx';

interface RulesCardProps {
  readonly reviewing: Reviewing;
  /** The table that is looked at. */
  readonly table: string;
}

/** What becomes of conflicts: by rules for tables and columns, and by choices for rows. */
export function RulesCard({ reviewing, table }: RulesCardProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id}>
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Title order={2} fz="md" id={id}>
            {t('review.rules.title')}
          </Title>
          <Effects reviewing={reviewing} />
        </Group>
        <TableRules reviewing={reviewing} table={table} />
        <Folds reviewing={reviewing} table={table} />
      </Stack>
    </Paper>
  );
}

function TableRules({ reviewing, table }: RulesCardProps) {
  const { t } = useTranslation();
  const { review, choices, saver } = reviewing;
  const { resolutions } = choices;
  const found = review.tables[table];
  const several = Object.keys(review.tables).length > 1;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {several ? (
        <PolicySelect
          label={t('review.rules.all')}
          value={resolutions.use ?? null}
          inherited={t('review.policy.inheritPlain')}
          newerBy={columnsToCompare(Object.values(review.tables))}
          onChange={(use) => saver.change(forAllTables(use))}
        />
      ) : null}
      {found === undefined ? null : (
        <PolicySelect
          label={t('review.rules.table', { table })}
          value={resolutions.tables?.[table]?.use ?? null}
          inherited={inheritedWords(ruleAbove(resolutions, found), t)}
          newerBy={columnsToCompare([found])}
          onChange={(use) => saver.change(forTable(table, use))}
        />
      )}
    </SimpleGrid>
  );
}
