import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobSummary } from '#contract/api/job-views';
import { stateLook } from './state-look.ts';
import { stateWords } from './state-words.ts';

/** A job's state in words, with an icon. */
export function StateBadge({ job }: { readonly job: Pick<JobSummary, 'kind' | 'state' | 'dryRun' | 'busyWith'> }) {
  const { t } = useTranslation();
  const { color, icon: Icon } = stateLook(job.state);
  const done = job.state === 'succeeded' || job.state === 'succeeded_with_rejects' ? job.state : null;
  const words = () => {
    if (job.busyWith !== null) return t(`jobs.busy.${job.busyWith}`);
    return job.dryRun && done !== null ? t(`jobs.dryEnd.${done}`) : stateWords(job, t);
  };
  return (
    <Group gap={6} w="fit-content">
      <Badge
        variant="light"
        color={color}
        tt="none"
        fw={600}
        size="lg"
        // The tint's own colour is too faint for words in some states.
        styles={{ label: { color: 'var(--mantine-color-text)' } }}
        miw="max-content"
        leftSection={<Icon size={14} aria-hidden />}
      >
        {words()}
      </Badge>
      {job.dryRun && done === null ? (
        <Badge variant="outline" color="gray" tt="none" fw={500} size="lg">
          {t('jobs.dryRun')}
        </Badge>
      ) : null}
    </Group>
  );
}
