import { Button, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import { formatBytes } from '#renderer/format/numbers.ts';
import { formatAge } from '#renderer/format/times.ts';

/** What of a load waits, since when, and the way to it. */
export function ReviewHere({ job: { number, waiting } }: { readonly job: Pick<JobSummary, 'number' | 'waiting'> }) {
  const { t } = useTranslation();
  const since = waiting && t('review.list.since', { age: formatAge(waiting.since), size: formatBytes(waiting.bytes) });
  return (
    <>
      {waiting === undefined ? null : (
        <Text fz="sm" c="dimmed" className="tabular">
          {t('review.conflicts', { count: waiting.conflicts })}, {since}
        </Text>
      )}
      <Button
        component={Link}
        href={`/jobs/${number}/review`}
        size="compact-sm"
        variant="light"
        w="fit-content"
        leftSection={<IconEye size={14} aria-hidden />}
        aria-label={t('review.list.openOne', { number })}
      >
        {t('review.list.open')}
      </Button>
    </>
  );
}
