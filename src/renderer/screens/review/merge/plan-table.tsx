import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import type { MergePlan } from '../model/merge-plan.ts';

const COLUMNS = ['new', 'updated', 'skipped', 'identical', 'rejected'] as const;

interface PlanTableProps {
  readonly plans: ReadonlyMap<string, MergePlan>;
  readonly sum: MergePlan;
}

/** Table by table, what a merge does. */
export function PlanTable({ plans, sum }: PlanTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={320} type="native" tabIndex={0}>
      <Table horizontalSpacing={6} fz={{ base: 'xs', sm: 'sm' }} aria-label={t('review.merge.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('review.merge.table')}</Table.Th>
            {COLUMNS.map((name) => (
              <Table.Th key={name} className="numeric">
                {t(`review.merge.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...plans].map(([name, plan]) => (
            <PlanRow key={name} header={name} plan={plan} />
          ))}
        </Table.Tbody>
        {plans.size > 1 ? (
          <Table.Tfoot>
            <PlanRow header={t('review.merge.total')} plan={sum} isStrong />
          </Table.Tfoot>
        ) : null}
      </Table>
    </Table.ScrollContainer>
  );
}

interface PlanRowProps {
  readonly header: ReactNode;
  readonly plan: MergePlan;
  readonly isStrong?: boolean;
}

function PlanRow({ header, plan, isStrong = false }: PlanRowProps) {
  return (
    <Table.Tr fw={isStrong ? 600 : 400}>
      <Table.Th scope="row" fw="inherit" className="wrap-anywhere">
        {header}
      </Table.Th>
      {COLUMNS.map((name) => (
        <Table.Td key={name} className="numeric" {...(plan[name] === 0 && { c: 'dimmed' })}>
          {formatNumber(plan[name])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
