import { Select, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { forColumn } from '../model/edit-resolutions.ts';
import { inheritedWords, PLAIN_POLICIES } from '../model/policy-value.ts';
import { type ReviewTable, type Rule, ruleOf } from '../model/rules.ts';
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
  const { choices, review, saver } = reviewing;
  const said = choices.resolutions.tables?.[table]?.columns ?? {};
  const rule = ruleOf(choices.resolutions, table, found);
  const counts = review.summary.tables[table]?.columns ?? {};
  const columns = found.columns.filter(({ isKey }) => !isKey);
  const inherited = (name: string): Rule =>
    rule.from === 'mapping' ? { ...rule, use: found.columnPolicies[name] ?? rule.use } : rule;
  return (
    <>
      <Text fz="sm" c="dimmed" my="xs">
        {t('review.rules.columnsHint')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="sm">
        {columns.map(({ name }) => (
          <Select
            key={name}
            label={name}
            aria-label={t('review.rules.columnRule', { column: name })}
            description={t('review.rules.changedIn', { count: counts[name] ?? 0 })}
            data={[
              { value: INHERIT, label: inheritedWords(inherited(name), t) },
              ...PLAIN_POLICIES.map((policy) => ({ value: policy, label: t(`review.policy.${policy}`) })),
            ]}
            value={said[name] ?? INHERIT}
            onChange={(value) =>
              saver.change(forColumn(table, name, PLAIN_POLICIES.find((policy) => policy === value) ?? null))
            }
            allowDeselect={false}
          />
        ))}
      </SimpleGrid>
    </>
  );
}
