import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import type { LoadReport } from '#contract/load';
import type { Mapping } from '#contract/mapping';
import type { RejectEntry } from '#contract/rejects';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { useJobMapping } from '#renderer/components/rejects/use-job-mapping.ts';
import { host } from '#renderer/host/client.ts';
import { isOpen } from '../model/job-states.ts';
import { Section } from './section.tsx';

const SHOWN = 10;
const REFRESH_MS = 2_000;

interface FirstRejectsProps {
  readonly job: JobSummary;
  /** null: the load has not ended, or stopped without one. */
  readonly report: LoadReport | null;
}

/** The first rejects with file and line, and the way to all of them. */
export const FirstRejects = memo(function FirstRejects({ job, report }: FirstRejectsProps) {
  const { t } = useTranslation();
  const mapping = useJobMapping(job.number);
  const { entries, total, fixed } = useFirst(job, report);
  if (entries.length === 0 && fixed === 0) return null;
  const hints = [
    ...(total > entries.length ? [t('job.rejects.first', { total })] : []),
    ...(fixed > 0 ? [t('job.rejects.fixed', { count: fixed })] : []),
  ];
  return (
    <Section
      title={t('job.rejects.title')}
      {...(hints.length > 0 && { hint: hints.join(' · ') })}
      actions={
        <Anchor component={Link} href={`/jobs/${job.number}/rejects`} fz="sm">
          {t('job.rejects.all')}
        </Anchor>
      }
    >
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one row may meet the same objection twice; order is all they have.
          <RejectItem key={index} entry={entry} mapping={mapping} />
        ))}
      </Stack>
    </Section>
  );
});

interface First {
  readonly entries: readonly RejectEntry[];
  readonly total: number;
  readonly fixed: number;
}

/**
 * As the server has them now, where that may be others than the report says: while the load runs, when it stopped
 * without one, and when a retry has loaded some. A server that does not answer says nothing of what is known.
 */
function useFirst(job: JobSummary, report: LoadReport | null): First {
  const isRetried = job.state === 'succeeded_with_rejects' && !job.dryRun && job.retryOf === undefined;
  const { data } = useQuery({
    ...host.rejects.page.queryOptions({
      input: {
        job: job.number,
        request: { offset: 0, limit: SHOWN, sort: { by: 'place', descending: false }, filter: {} },
      },
    }),
    enabled: report === null || isRetried,
    staleTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: isOpen(job.state) ? REFRESH_MS : false,
  });
  if (data !== undefined && (report === null || isRetried)) return data;
  if (report === null) return { entries: [], total: 0, fixed: 0 };
  const { sample, total } = report.rejects;
  return { entries: sample.slice(0, SHOWN), total, fixed: 0 };
}

interface RejectItemProps {
  readonly entry: RejectEntry;
  readonly mapping: Mapping | null;
}

const RejectItem = memo(function RejectItem({ entry, mapping }: RejectItemProps) {
  const { t } = useTranslation();
  const { path, line, table, column, code } = entry;
  return (
    <li>
      <Group gap="xs" wrap="wrap">
        <Text fz="sm" fw={600}>
          {t(`rejects.code.${code}`)}
        </Text>
        <Code>{column === undefined ? table : `${table}.${column}`}</Code>
        <RejectValue value={entry.value} />
      </Group>
      <RejectWords entry={entry} mapping={mapping} />
      <Text fz="sm" c="dimmed" className="wrap-anywhere">
        {t('job.rejects.place', { path, line })}
      </Text>
    </li>
  );
});
