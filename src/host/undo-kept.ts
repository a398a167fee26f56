import type { JobDetail } from '#contract/api/job-views';
import { type JobEvent, type JobRecord, UNDO_DROPPED } from './jobs/job-record.ts';

const DAY_MS = 86_400_000;

/**
 * What the server keeps so that a job can be undone, and until when; the first merge after that drops it.
 * @param setting for how many days a load is kept that does not say so itself; null: for ever.
 * @returns undefined where there is nothing to undo.
 */
export function undoKept(job: JobRecord, events: readonly JobEvent[], setting: number | null): JobDetail['undo'] {
  if (job.kind !== 'load' || job.endedAt === null) return undefined;
  if (events.some(({ event }) => event === UNDO_DROPPED)) return undefined;
  if (job.state !== 'succeeded' && job.state !== 'succeeded_with_rejects') return undefined;
  const { undo, undoBytes, undoDays: days = setting } = job.report ?? {};
  if (undo === undefined || undoBytes === undefined) return undefined;
  const keptUntil = days === null ? null : new Date(Date.parse(job.endedAt) + days * DAY_MS).toISOString();
  return { bytes: undoBytes, keptUntil };
}
