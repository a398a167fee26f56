import { z } from 'zod';
import type { ConflictFilter } from '#contract/api/reviews';
import { type ConflictCondition, conflictConditionSchema } from '#contract/resolutions';

const conditionsSchema = z.array(conflictConditionSchema).max(20);
const LONGEST_TEXT = 200;
export const OUTCOMES = ['updated', 'skipped', 'fails'] as const;
export const MOST_CONDITIONS = 19;

/** The filter that the address' values stand for; what it does not know is left out. */
export function filterFromAddress(values: {
  readonly text: string;
  readonly changed: string;
  readonly where: string;
  readonly outcome: string;
}): ConflictFilter {
  const text = values.text.trim().slice(0, LONGEST_TEXT);
  const where = conditionsFromAddress(values.where);
  const outcome = OUTCOMES.find((known) => known === values.outcome);
  return {
    ...(text !== '' && { text }),
    ...(values.changed !== '' && { changed: values.changed }),
    ...(where.length > 0 && { where }),
    ...(outcome !== undefined && { outcome }),
  };
}

function conditionsFromAddress(text: string): ConflictCondition[] {
  try {
    return conditionsSchema.catch([]).parse(JSON.parse(text || '[]'));
  } catch {
    return [];
  }
}

export function conditionsToAddress(where: readonly ConflictCondition[]): string {
  return where.length === 0 ? '' : JSON.stringify(where);
}

/** The filter as conditions of a choice; null: it says nothing, or what no choice can say. */
export function conditionsOf({ text, outcome, changed, where = [] }: ConflictFilter): ConflictCondition[] | null {
  if (text !== undefined || outcome !== undefined) return null;
  const all = changed === undefined ? where : [{ column: changed, is: 'different' as const }, ...where];
  return all.length === 0 ? null : [...all];
}
