import { Button, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JobSummary } from '#contract/api/job-views';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';

/** Goes on with a job that stopped before its end. */
export function ResumeHere({ job: { number, kind } }: { readonly job: Pick<JobSummary, 'number' | 'kind'> }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const resume = useMutation(
    host.jobs.resume.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: host.jobs.key() }),
    }),
  );
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        w="fit-content"
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        aria-label={kind === 'tables' ? t('tablesJob.job.runAgainOne', { number }) : t('jobs.resumeOne', { number })}
        loading={resume.isPending}
        onClick={() => resume.mutate({ number })}
      >
        {t(kind === 'tables' ? 'tablesJob.job.runAgain' : 'jobs.resume')}
      </Button>
      {resume.error === null ? null : (
        <Text fz="sm" c="red" role="alert">
          {t(`errors.title.${factsOf(resume.error).code}`)}
        </Text>
      )}
    </>
  );
}
