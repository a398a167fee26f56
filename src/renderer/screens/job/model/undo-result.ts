import type { JobDetail } from '#contract/api/job-views';
import { type UndoResult, undoResultSchema } from '#contract/undo';

/** What an undo took back, when the job's history tells. */
export function undoResultOf({ events }: Pick<JobDetail, 'events'>): UndoResult | null {
  const facts = events.findLast(({ event }) => event === 'undone')?.facts;
  const parsed = undoResultSchema.safeParse(facts);
  return parsed.success ? parsed.data : null;
}

/** Over all tables. */
export function sumUndo({ tables }: Pick<UndoResult, 'tables'>): UndoResult['tables'][string] {
  const all = Object.values(tables);
  const sum = (of: 'removed' | 'restored' | 'conflicts') => all.reduce((total, counts) => total + counts[of], 0);
  return { removed: sum('removed'), restored: sum('restored'), conflicts: sum('conflicts') };
}
