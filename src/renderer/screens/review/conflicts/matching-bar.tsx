import { Button, Group, Loader, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConflictFilter } from '#contract/api/reviews';
import type { ResolutionPolicy } from '#contract/resolutions';
import { choose } from '../model/edit-resolutions.ts';
import { PLAIN_POLICIES, policyWords, toOption } from '../model/policy-value.ts';
import { conditionsOf } from '../model/review-filter.ts';
import { columnsToCompare } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';

interface MatchingBarProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly filter: ConflictFilter;
  readonly matching: number;
  readonly total: number;
  /** The number is that of the filter before. */
  readonly isCounting: boolean;
  readonly onSaid: (words: string) => void;
}

/** How many conflicts the filter lets through, and one choice for all of them. */
export function MatchingBar(props: MatchingBarProps) {
  const { t } = useTranslation();
  const { filter, matching, total, isCounting } = props;
  const isFiltered = Object.keys(filter).length > 0;
  const words = () => {
    if (isCounting) return t('review.matching.counting', { count: total });
    return isFiltered ? t('review.matching.some', { matching, total }) : t('review.matching.all', { count: total });
  };
  return (
    <Group gap="sm" justify="space-between" mih={30}>
      <Text fz="sm" c="dimmed" className="tabular">
        {isCounting ? <Loader size={12} mr={6} aria-hidden /> : null}
        {/* A decision is told in its own words. */}
        <span role="status" aria-busy={isCounting}>
          {words()}
        </span>{' '}
        · <TableEffects reviewing={props.reviewing} table={props.table} />
      </Text>
      {isFiltered && matching > 0 ? <ChooseForAll {...props} /> : null}
    </Group>
  );
}

function ChooseForAll({ reviewing, table, filter, matching, isCounting, onSaid }: MatchingBarProps) {
  const { t } = useTranslation();
  const where = conditionsOf(filter);
  if (where === null) {
    return (
      <Text fz="sm" c="dimmed" maw="60ch">
        {t(filter.text === undefined ? 'review.matching.noOutcome' : 'review.matching.noText')}
      </Text>
    );
  }
  const pick = (use: ResolutionPolicy) => {
    reviewing.saver.change(choose({ table, which: { where }, use }));
    const conflicts = t('review.conflicts', { count: matching });
    onSaid(t('review.matching.chosen', { policy: policyWords(use, t), conflicts }));
  };
  const found = reviewing.review.tables[table];
  const newer = found === undefined ? [] : columnsToCompare([found]);
  return (
    <Menu position="bottom-end" withArrow shadow="md">
      <Menu.Target>
        <Button size="compact-md" disabled={isCounting} rightSection={<IconChevronDown size={16} aria-hidden />}>
          {t('review.matching.forAll', { count: matching })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('review.matching.menu')} mah={420} style={{ overflowY: 'auto' }}>
        {PLAIN_POLICIES.map((policy) => (
          <Menu.Item key={policy} onClick={() => pick(policy)}>
            {t(`review.policy.${policy}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('review.policy.newerGroup')}</Menu.Label>
        {newer.map((column) => (
          <Menu.Item key={toOption({ newer: column })} onClick={() => pick({ newer: column })}>
            {column}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the merge would do with the conflicts of this table, as the host counted it. */
function TableEffects({ reviewing, table }: Pick<MatchingBarProps, 'reviewing' | 'table'>) {
  const { t } = useTranslation();
  const { updated = 0, skipped = 0 } = reviewing.review.effects[table] ?? {};
  return t('review.effects.inTable', {
    table,
    updated: t('review.effects.updated', { count: updated }),
    skipped: t('review.effects.skipped', { count: skipped }),
  });
}
