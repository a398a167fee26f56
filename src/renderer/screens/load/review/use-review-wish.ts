import { useWizard } from '../wizard-store.ts';
import { useTablesPlan } from './tables/use-tables-plan.ts';

export interface ReviewWish {
  /** Whether the load stops before its merge; null: not known yet. */
  readonly review: boolean | null;
  /** Who says so: the user, or what the target holds. */
  readonly why: 'chosen' | 'dry_run' | 'looking' | 'filled' | 'empty' | 'unknown';
  /** Tables that hold rows already. */
  readonly filled: readonly string[];
}

/** Whether to look at conflicts before the merge: as the user said, else when there can be any. */
export function useReviewWish(): ReviewWish {
  const { review, dryRun } = useWizard((wizard) => wizard.choices);
  const { plan, error, isLooking } = useTablesPlan();
  const filled = plan?.filled ?? [];
  if (dryRun) return { review: false, why: 'dry_run', filled };
  // Kept from before there was such a choice, it is undefined.
  if (typeof review === 'boolean') return { review, why: 'chosen', filled };
  // Nobody can tell what is there: asking first does no harm.
  if (error !== null) return { review: true, why: 'unknown', filled };
  if (plan === undefined || isLooking) return { review: null, why: 'looking', filled };
  return filled.length > 0 ? { review: true, why: 'filled', filled } : { review: false, why: 'empty', filled };
}
