import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { JobButtons } from '#renderer/screens/job/actions/job-buttons.tsx';
import { useJobActions } from '#renderer/screens/job/actions/use-job-actions.ts';

/** The staged rows are gone: what is left to do. */
export function ReviewGone({ detail }: { readonly detail: JobDetail }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const actions = useJobActions(() => navigate(`/jobs/${detail.job.number}`));
  return (
    <Alert color="orange" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('review.gone.title')}>
      <Stack gap="sm" align="flex-start">
        <Text>{t('review.gone.text')}</Text>
        <JobButtons detail={detail} actions={actions} isGone />
      </Stack>
    </Alert>
  );
}
