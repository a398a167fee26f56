/** A conflict that is looked at: its number, and its place among those that the filter lets through. */
export interface OpenedConflict {
  readonly number: number;
  readonly index: number;
}

/** As many decisions may have changed the list before it is seen. */
const FARTHEST = 8;

/**
 * The conflict before or after the one that is looked at. That one may have left the list, by a decision that the filter
 * does not let through: then others have come into its place.
 * @param at what the list has at a place, as far as it was fetched
 */
export function besideOpened(
  { number, index }: OpenedConflict,
  step: number,
  at: (index: number) => { readonly number: number } | undefined,
): OpenedConflict | null {
  const isBeside = step > 0 ? (other: number) => other > number : (other: number) => other < number;
  for (let far = FARTHEST; far >= -FARTHEST; far -= 1) {
    const place = index - step * far;
    const found = place < 0 ? undefined : at(place);
    if (found !== undefined && isBeside(found.number)) return { number: found.number, index: place };
  }
  return null;
}
