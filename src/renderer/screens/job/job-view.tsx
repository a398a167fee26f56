import { Grid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { JobButtons } from './actions/job-buttons.tsx';
import { NextLinks } from './actions/next-links.tsx';
import { useJobActions } from './actions/use-job-actions.ts';
import { announcementOf } from './model/announcement.ts';
import { isOpen } from './model/job-states.ts';
import type { WatchedJob } from './model/watched-job.ts';
import { JobFacts } from './parts/job-facts.tsx';
import { JobParts } from './parts/job-parts.tsx';
import { LogCard } from './parts/log-card.tsx';
import { useTargetText } from './parts/use-target-text.ts';
import { Announcer } from './status/announcer.tsx';
import { OutcomeCard } from './status/outcome-card.tsx';
import { RunningCard } from './status/running-card.tsx';
import { useHeadlineFocus } from './status/use-headline-focus.ts';

const NO_LOG = { dropped: 0, lines: [] };

interface JobViewProps {
  readonly detail: JobDetail;
  readonly watched: WatchedJob | null;
}

/** One job: how it stands, what it did, what it was ordered to do. */
export function JobView({ detail, watched }: JobViewProps) {
  const { t } = useTranslation();
  const { headline, focusHeadline } = useHeadlineFocus(detail.job.state);
  const actions = useJobActions(focusHeadline);
  const target = useTargetText(detail.job.connection);
  const { job } = detail;
  const progress = watched?.progress ?? null;
  return (
    <>
      <ScreenTitle
        title={t('job.title', { number: job.number })}
        subtitle={t('job.into', { mapping: job.mapping, target })}
      />
      <Announcer {...announcementOf(job.state, progress)} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            {isOpen(job.state) ? (
              <RunningCard
                detail={detail}
                progress={progress}
                pace={watched?.pace ?? null}
                history={watched?.history ?? []}
                headlineRef={headline}
                actions={<JobButtons detail={detail} actions={actions} />}
              />
            ) : (
              <OutcomeCard
                detail={detail}
                headlineRef={headline}
                actions={<JobButtons detail={detail} actions={actions} links={<NextLinks detail={detail} />} />}
              />
            )}
            <JobParts detail={detail} progress={progress} undone={actions.undo.data ?? null} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <JobFacts detail={detail} />
        </Grid.Col>
        <Grid.Col span={12}>
          <LogCard log={watched?.log ?? NO_LOG} />
        </Grid.Col>
      </Grid>
    </>
  );
}
