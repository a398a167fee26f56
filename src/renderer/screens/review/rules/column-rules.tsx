import { Button, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forColumn } from '../model/edit-resolutions.ts';
import { inheritedWords, PLAIN_POLICIES } from '../model/policy-value.ts';
import { type ReviewTable, ruleOf } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';

const INHERIT = 'inherit';

interface ColumnRulesProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly found: ReviewTable;
}

/** Rules for single columns, as when an address is taken from the files and a name is not. */
export function ColumnRules({ reviewing, table, found }: ColumnRulesProps) {
  const { t } = useTranslation();
  const [isAll, setIsAll] = useState(false);
  const { choices, review } = reviewing;
  const said = choices.resolutions.tables?.[table]?.columns ?? {};
  const counts = review.summary.tables[table]?.columns ?? {};
  const columns = found.columns.flatMap(({ name, isKey }) => (isKey ? [] : [name]));
  const shown = isAll ? columns : columns.filter((name) => (counts[name] ?? 0) > 0 || said[name] !== undefined);
  const others = columns.length - shown.length;
  return (
    <Stack gap="sm" pt="xs" align="flex-start">
      <Text fz="sm" c="dimmed">
        {t('review.rules.columnsHint')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="sm" w="100%">
        {shown.map((name) => (
          <ColumnRule
            key={name}
            name={name}
            reviewing={reviewing}
            table={table}
            found={found}
            conflicts={counts[name] ?? 0}
          />
        ))}
      </SimpleGrid>
      {others === 0 ? null : (
        <Button size="compact-sm" variant="subtle" onClick={() => setIsAll(true)}>
          {t('review.rules.otherColumns', { count: others })}
        </Button>
      )}
    </Stack>
  );
}

interface ColumnRuleProps extends ColumnRulesProps {
  readonly name: string;
  readonly conflicts: number;
}

function ColumnRule({ name, reviewing, table, found, conflicts }: ColumnRuleProps) {
  const { t } = useTranslation();
  const { choices, saver } = reviewing;
  const said = choices.resolutions.tables?.[table]?.columns?.[name];
  const rule = ruleOf(choices.resolutions, table, found);
  const inherited = rule.from === 'mapping' ? { ...rule, use: found.columnPolicies[name] ?? rule.use } : rule;
  return (
    <Select
      label={name}
      aria-label={t('review.rules.columnRule', { column: name })}
      description={t('review.conflicts', { count: conflicts })}
      data={[
        { value: INHERIT, label: inheritedWords(inherited, t) },
        ...PLAIN_POLICIES.map((policy) => ({ value: policy, label: t(`review.policy.${policy}`) })),
      ]}
      value={said ?? INHERIT}
      onChange={(value) =>
        saver.change(forColumn(table, name, PLAIN_POLICIES.find((policy) => policy === value) ?? null))
      }
      allowDeselect={false}
    />
  );
}
