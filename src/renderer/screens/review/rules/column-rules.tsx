import { Button, Collapse, Select, SimpleGrid, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { forColumn } from '../model/edit-resolutions.ts';
import { PLAIN_POLICIES, policyWords } from '../model/policy-value.ts';
import { columnRules, type ReviewTable, ruleOf } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';

const INHERIT = 'inherit';

interface ColumnRulesProps {
  readonly reviewing: Reviewing;
  readonly table: string;
}

/** Rules for single columns, as when an address is taken from the files and a name is not. */
export function ColumnRules({ reviewing, table }: ColumnRulesProps) {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(false);
  const found = reviewing.review.tables[table];
  if (found === undefined) return null;
  const rules = columnRules(reviewing.choices.resolutions, table, found);
  const count = Object.keys(rules).length;
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon size={16} aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t('review.rules.columns')}
        {count === 0 ? '' : ` (${count})`}
      </Button>
      <Collapse expanded={isOpen}>
        {isOpen ? <Selects reviewing={reviewing} table={table} found={found} /> : null}
      </Collapse>
    </div>
  );
}

function Selects({ reviewing, table, found }: ColumnRulesProps & { readonly found: ReviewTable }) {
  const { t } = useTranslation();
  const { choices, review, saver } = reviewing;
  const said = choices.resolutions.tables?.[table]?.columns ?? {};
  const rule = ruleOf(choices.resolutions, table, found);
  const counts = review.summary.tables[table]?.columns ?? {};
  const columns = found.columns.filter(({ isKey }) => !isKey);
  const inherited = (name: string) => (rule.from === 'mapping' ? (found.columnPolicies[name] ?? rule.use) : rule.use);
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
              { value: INHERIT, label: t('review.policy.inherit', { policy: policyWords(inherited(name), t) }) },
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
