import type { Ref } from 'react';
import type { JobDetail } from '#contract/api/job-views';
import { JobButtons } from './actions/job-buttons.tsx';
import { NextLinks } from './actions/next-links.tsx';
import type { JobActions } from './actions/use-job-actions.ts';
import { isOpen } from './model/job-states.ts';
import type { WatchedJob } from './model/watched-job.ts';
import { JobParts } from './parts/job-parts.tsx';
import { OutcomeCard } from './status/outcome-card.tsx';
import { ReviewCard } from './status/review-card.tsx';
import { RunningCard } from './status/running-card.tsx';

interface LoadBodyProps {
  readonly detail: JobDetail;
  readonly watched: WatchedJob | null;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: JobActions;
}

/** How a load gets on or ended, and what there is to say of it. */
export function LoadBody({ detail, watched, headlineRef, actions }: LoadBodyProps) {
  const progress = watched?.progress ?? null;
  const review = detail.job.state === 'waiting_for_review' ? detail.report?.review : undefined;
  const ended = <JobButtons detail={detail} actions={actions} links={<NextLinks detail={detail} />} />;
  return (
    <>
      {isOpen(detail.job.state) ? (
        <RunningCard
          detail={detail}
          progress={progress}
          pace={watched?.pace ?? null}
          history={watched?.history ?? []}
          headlineRef={headlineRef}
          actions={<JobButtons detail={detail} actions={actions} />}
        />
      ) : review === undefined ? (
        <OutcomeCard detail={detail} headlineRef={headlineRef} actions={ended} />
      ) : (
        <ReviewCard detail={detail} review={review} headlineRef={headlineRef} actions={ended} />
      )}
      <JobParts detail={detail} progress={progress} undone={actions.undo.data ?? null} />
    </>
  );
}
