import { Anchor, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TableReview } from '#contract/review';
import { formatNumber } from '#renderer/format/numbers.ts';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';
import classes from '../review.module.css';

const ALWAYS = ['new', 'identical', 'changed'] as const;
const SOMETIMES = ['duplicates', 'rejected', 'missingReferences', 'nulledReferences'] as const;
type CountName = (typeof ALWAYS)[number] | (typeof SOMETIMES)[number];

interface TableCountsProps {
  readonly number: number;
  readonly table: string;
  readonly counts: TableReview;
}

/** What the check counted in one table. */
export function TableCounts({ number, table, counts }: TableCountsProps) {
  const { t } = useTranslation();
  const shown: readonly CountName[] = [...ALWAYS, ...SOMETIMES.filter((name) => counts[name] > 0)];
  return (
    <dl className={classes.counts} aria-label={t('review.count.label', { table })}>
      {shown.map((name) => (
        <Tooltip key={name} label={t(`review.count.${name}Hint`)} multiline maw={320} withArrow>
          <div>
            <Text component="dt" fz="sm" c="dimmed">
              {t(`review.count.${name}`)}
            </Text>
            <Text component="dd" m={0} fz="lg" fw={600} className="tabular" {...colorOf(name, counts[name])}>
              <Value number={number} table={table} name={name} value={counts[name]} />
            </Text>
          </div>
        </Tooltip>
      ))}
    </dl>
  );
}

interface ValueProps {
  readonly number: number;
  readonly table: string;
  readonly name: CountName;
  readonly value: number;
}

/** Rejects lead to where they are listed. */
function Value({ number, table, name, value }: ValueProps) {
  const query = new URLSearchParams({
    of: table,
    ...(name === 'missingReferences' && { code: 'MISSING_REFERENCE' }),
  });
  if (name !== 'rejected' && name !== 'missingReferences') return formatNumber(value);
  return (
    <Anchor component={Link} href={`/jobs/${number}/rejects?${query}`} inherit>
      {formatNumber(value)}
    </Anchor>
  );
}

function colorOf(name: CountName, value: number): { readonly c?: string } {
  if (value === 0) return { c: 'dimmed' };
  return name === 'rejected' || name === 'missingReferences' ? { c: NOTICED } : {};
}
