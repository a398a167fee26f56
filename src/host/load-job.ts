import { toErrorFacts } from '#contract/errors';
import type { JobState } from '#contract/jobs';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { Approval } from '#contract/review';
import { isCancelled } from './cancel-switch.ts';
import type { JobContext } from './job-context.ts';
import type { JobEnd } from './job-end.ts';
import { attemptLoad, type LoadAttempt } from './load-attempt.ts';
import { lostReason } from './lost-attempt.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { backoff, pause } from './timing.ts';

/** How often a load starts again after its lead or its staging was lost, before it is left for a resume. */
const MAX_RESTARTS = 3;

interface LoadEnd extends JobEnd {
  readonly report?: LoadReport;
}

interface Load {
  readonly spec: LoadSpec;
  readonly resume: boolean;
  /** Of a load that was reviewed: it has only to be merged. */
  readonly approval: Approval | null;
  readonly meter: ProgressMeter;
  /** When its job began, on this process's clock. */
  readonly since: number;
}

/** Runs a load to its end, over as many attempts as it takes; never rejects. */
export async function runLoad(context: JobContext, load: Load): Promise<JobEnd> {
  const end = await runToEnd(context, load);
  return end.report === undefined ? end : { ...end, report: finishReport(context, end.report, end.state, load.since) };
}

/** What only the host knows: the job's number, its time over all workers, and how it is called when it is taken back. */
function finishReport({ number }: JobContext, report: LoadReport, state: JobState, since: number): LoadReport {
  return {
    ...report,
    job: String(number),
    state,
    seconds: Math.round(performance.now() - since) / 1000,
    ...(report.undo !== undefined && { undo: `loadstone jobs undo ${number}` }),
  };
}

async function runToEnd(context: JobContext, load: Load): Promise<LoadEnd> {
  let partialReport: LoadReport | undefined;
  const onReport = (report: LoadReport) => {
    partialReport = report;
  };
  load.meter.enter('starting');
  try {
    return reported(await attempts(context, { ...load, onReport }));
  } catch (error) {
    if (isCancelled(error)) return { state: 'cancelled' };
    return { state: 'failed', error: toErrorFacts(error), ...(partialReport && { report: partialReport }) };
  }
}

async function attempts(context: JobContext, load: LoadAttempt): Promise<LoadReport> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptLoad(context, { ...load, resume: load.resume || attempt > 0 });
    } catch (error) {
      const reason = lostReason(error);
      if (reason === undefined) throw error;
      if (attempt >= MAX_RESTARTS) throw reason;
      context.log.warn({ err: reason, attempt }, 'load starts again from what is staged');
      context.note('restarted', { reason: toErrorFacts(reason).message });
      await pause(backoff(attempt, context.workshop.timing.backoffMs), context.cancel.asked);
    }
  }
}

function reported(report: LoadReport): LoadEnd {
  switch (report.state) {
    case 'succeeded':
    case 'succeeded_with_rejects':
    case 'failed':
    case 'waiting_for_review':
      return { state: report.state, report };
    default:
      return { state: 'succeeded', report };
  }
}
