import type { Line } from '../compile/compiled.ts';

/**
 * Whether an element that has matched `step` steps of a `records` pattern can have a record exactly `levels` below it.
 * @param here The last of these steps was matched by the element itself.
 */
export function isAncestorPossible(pattern: Line, step: number, here: boolean, levels: number): boolean {
  const missing = pattern.steps.length - step;
  if (levels === 0) return missing === 0 && here;
  if (missing === 0 || levels < missing) return false;
  if (levels === missing) return true;
  // Further down than the missing steps are: some level must be skipped on the way.
  const rest = pattern.steps.slice(step);
  return rest.some(({ descendant }) => descendant) || (pattern.anywhere && step === 0);
}
