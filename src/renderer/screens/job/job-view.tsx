import { Anchor, Grid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { useJobActions } from './actions/use-job-actions.ts';
import { LoadBody } from './load-body.tsx';
import { announcementOf } from './model/announcement.ts';
import type { WatchedJob } from './model/watched-job.ts';
import { JobFacts } from './parts/job-facts.tsx';
import { LogCard } from './parts/log-card.tsx';
import { useTargetText } from './parts/use-target-text.ts';
import { Announcer } from './status/announcer.tsx';
import { useHeadlineFocus } from './status/use-headline-focus.ts';
import { TablesBody } from './tables/tables-body.tsx';

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
      {job.retryOf?.job === undefined ? null : <RetryOf number={job.retryOf.job} />}
      <Announcer kind={job.kind} {...announcementOf(job.state, progress)} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            {detail.tables === undefined ? (
              <LoadBody detail={detail} watched={watched} headlineRef={headline} actions={actions} />
            ) : (
              <TablesBody
                detail={detail}
                tables={detail.tables}
                watched={watched}
                headlineRef={headline}
                actions={actions}
              />
            )}
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

/** Whose rejects the job loads. */
function RetryOf({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} href={`/jobs/${number}`} fz="sm" display="inline-block" mt={-12} mb="md">
      {t('job.retryOf', { number })}
    </Anchor>
  );
}
