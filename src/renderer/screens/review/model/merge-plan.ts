import type { Review } from '#contract/api/reviews';
import { tableNames } from './rules.ts';

/** What a merge would do to the rows of one table, or of all. */
export interface MergePlan {
  readonly new: number;
  readonly updated: number;
  readonly skipped: number;
  readonly fails: number;
  readonly identical: number;
  readonly rejected: number;
  readonly duplicates: number;
}

const NOTHING: MergePlan = { new: 0, updated: 0, skipped: 0, fails: 0, identical: 0, rejected: 0, duplicates: 0 };

/** Per table, as the check counted and the choices stand. */
export function mergePlans(review: Review): ReadonlyMap<string, MergePlan> {
  const { summary, effects } = review;
  return new Map(
    tableNames(review).flatMap((name) => {
      const counts = summary.tables[name];
      if (counts === undefined) return [];
      const { identical, rejected, duplicates } = counts;
      const { updated, skipped, fails } = effects[name] ?? { updated: 0, skipped: 0, fails: 0 };
      return [[name, { new: counts.new, updated, skipped, fails, identical, rejected, duplicates }]];
    }),
  );
}

export function sumPlans(plans: Iterable<MergePlan>): MergePlan {
  let sum = NOTHING;
  for (const plan of plans) {
    sum = {
      new: sum.new + plan.new,
      updated: sum.updated + plan.updated,
      skipped: sum.skipped + plan.skipped,
      fails: sum.fails + plan.fails,
      identical: sum.identical + plan.identical,
      rejected: sum.rejected + plan.rejected,
      duplicates: sum.duplicates + plan.duplicates,
    };
  }
  return sum;
}
