import type { JobDetail } from '#contract/api/job-views';
import { type UndoResult, undoResultSchema } from '#contract/undo';

/** What an undo took back, when the job's history tells. */
export function undoResultOf({ events }: Pick<JobDetail, 'events'>): UndoResult | null {
  const facts = events.findLast(({ event }) => event === 'undone')?.facts;
  const parsed = undoResultSchema.safeParse(facts);
  return parsed.success ? parsed.data : null;
}
