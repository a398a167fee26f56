import { Box, Code, Stack, Text } from '@mantine/core';
import { memo, type PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { formatBytes } from '#renderer/format/numbers.ts';
import { formatMoment } from '#renderer/format/times.ts';
import { Section } from './section.tsx';
import { useTargetText } from './use-target-text.ts';

/** More paths than this are only counted. */
const MOST_PATHS = 20;

/** What the job was ordered to do. */
export const JobFacts = memo(function JobFacts({ detail }: { readonly detail: JobDetail }) {
  const { t } = useTranslation();
  const { job, report, tables, command, naming } = detail;
  const target = useTargetText(job.connection);
  const { paths } = job;
  return (
    <Section title={t('job.facts.title')}>
      <Stack component="dl" gap="sm" m={0}>
        {job.kind === 'load' ? (
          <Fact label={t('job.facts.source')}>
            {paths.slice(0, MOST_PATHS).map((path) => (
              <Text key={path} fz="sm" className="wrap-anywhere">
                {path}
              </Text>
            ))}
            {paths.length > MOST_PATHS ? t('jobs.more', { count: paths.length - MOST_PATHS }) : null}
          </Fact>
        ) : null}
        <Fact label={t('job.facts.mapping')}>{job.mapping}</Fact>
        <Fact label={t('job.facts.target')}>{target}</Fact>
        {naming?.schema ? <Fact label={t('job.facts.schema')}>{naming.schema}</Fact> : null}
        <Fact label={t('job.facts.created')}>{formatMoment(job.createdAt)}</Fact>
        {job.startedAt === null ? null : <Fact label={t('job.facts.started')}>{formatMoment(job.startedAt)}</Fact>}
        {job.endedAt === null ? null : <Fact label={t('job.facts.ended')}>{formatMoment(job.endedAt)}</Fact>}
        {tables === undefined ? null : (
          <Fact label={t('tablesJob.job.policy')}>{t(`tablesJob.policy.${tables.policy}.name`)}</Fact>
        )}
        {report === null ? null : <Fact label={t('job.facts.size')}>{formatBytes(report.bytes)}</Fact>}
        {detail.undo === undefined ? null : (
          <Fact label={t('undo.kept.label')}>
            <UndoKept {...detail.undo} />
          </Fact>
        )}
        <Fact label={t('job.facts.command')}>
          <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }} mb={6}>
            {command}
          </Code>
          <CopyButton value={command} label={t('job.facts.copyCommand')} />
        </Fact>
      </Stack>
    </Section>
  );
});

/** How much the server keeps so that the load can be undone, and until when. */
function UndoKept({ bytes, keptUntil }: NonNullable<JobDetail['undo']>) {
  const { t } = useTranslation();
  const size = formatBytes(bytes);
  if (keptUntil === null) return t('undo.kept.forever', { size });
  const isOver = Date.parse(keptUntil) < Date.now();
  return t(isOver ? 'undo.kept.over' : 'undo.kept.until', { size, time: formatMoment(keptUntil) });
}

function Fact({ label, children }: PropsWithChildren<{ readonly label: string }>) {
  return (
    <div>
      <Text component="dt" c="dimmed" fz="sm">
        {label}
      </Text>
      <Box component="dd" m={0} fz="sm" className="wrap-anywhere tabular">
        {children}
      </Box>
    </div>
  );
}
