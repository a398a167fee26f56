import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LoadReport } from '#contract/load';
import type { Mapping } from '#contract/mapping';
import type { RejectEntry } from '#contract/rejects';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { useJobMapping } from '#renderer/components/rejects/use-job-mapping.ts';
import { host } from '#renderer/host/client.ts';
import { Section } from './section.tsx';

const SHOWN = 10;
const REFRESH_MS = 2_000;

interface FirstRejectsProps {
  readonly number: number;
  /** Its sample is enough, once there is one. */
  readonly report: LoadReport | null;
  readonly running: boolean;
}

/** The first rejects with file and line, and the way to all of them. */
export const FirstRejects = memo(function FirstRejects({ number, report, running }: FirstRejectsProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    ...host.rejects.page.queryOptions({
      input: {
        job: number,
        request: { offset: 0, limit: SHOWN, sort: { by: 'place', descending: false }, filter: {} },
      },
    }),
    enabled: report === null,
    placeholderData: keepPreviousData,
    refetchInterval: running ? REFRESH_MS : false,
  });
  const mapping = useJobMapping(number);
  const entries = report?.rejects.sample.slice(0, SHOWN) ?? data?.entries ?? [];
  const total = report?.rejects.total ?? data?.total ?? 0;
  if (entries.length === 0 && error === null) return null;
  return (
    <Section
      title={t('job.rejects.title')}
      {...(total > entries.length && { hint: t('job.rejects.first', { total }) })}
      actions={
        <Anchor component={Link} href={`/jobs/${number}/rejects`} fz="sm">
          {t('job.rejects.all')}
        </Anchor>
      }
    >
      {error === null || running ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one row may meet the same objection twice; order is all they have.
          <RejectItem key={index} entry={entry} mapping={mapping} />
        ))}
      </Stack>
    </Section>
  );
});

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
