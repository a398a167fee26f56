import type { UndoResult } from '#contract/undo';
import { runDiscard } from './discard-job.ts';
import type { JobContext } from './job-context.ts';
import type { JobEnd } from './job-end.ts';
import type { JobRecord } from './jobs/job-record.ts';
import { runLoad } from './load-job.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { runTables } from './tables-job.ts';
import { runUndo } from './undo-job.ts';

/** What a job's kind decides: how its work is done, and how it is taken back. All that a host knows of kinds. */
export interface JobWork {
  /** Never rejects. @param since when the job began, on this process's clock. */
  readonly run: (context: JobContext, meter: ProgressMeter, since: number) => Promise<JobEnd>;
  /** Drops what the job left on the server; null: it left nothing there. */
  readonly discard: ((context: JobContext) => Promise<void>) | null;
  /** Takes back what the job did; null: that cannot be, or there is nothing. */
  readonly undo: ((context: JobContext) => Promise<UndoResult>) | null;
}

export function workOf(record: JobRecord): JobWork {
  const resume = record.startedAt !== null;
  switch (record.kind) {
    case 'load': {
      const { spec, approval } = record;
      return {
        run: (context, meter, since) => runLoad(context, { spec, resume, approval, meter, since }),
        discard: (context) => runDiscard(context, spec),
        undo: spec.dryRun ? null : (context) => runUndo(context, spec),
      };
    }
    case 'tables':
      return {
        run: (context, meter) => runTables(context, record.spec, meter),
        discard: null,
        undo: null,
      };
    default:
      return record satisfies never;
  }
}
