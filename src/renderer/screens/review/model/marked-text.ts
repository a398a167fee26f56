/** A text in three parts, of which the middle one differs from the other version. */
export interface MarkedText {
  readonly before: string;
  readonly differs: string;
  readonly after: string;
}

/** Beyond that, taking letters apart costs more than the eye gains. */
const LONGEST = 20_000;

/**
 * Where two versions of a text differ: between what both begin with and what both end with. Never in the middle of what a
 * reader sees as one letter.
 */
export function markDifference(old: string, now: string): { readonly old: MarkedText; readonly now: MarkedText } {
  const olds = letters(old);
  const nows = letters(now);
  const shorter = Math.min(olds.length, nows.length);
  let head = 0;
  while (head < shorter && olds[head] === nows[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && olds.at(-1 - tail) === nows.at(-1 - tail)) tail += 1;
  return { old: parted(olds, head, tail), now: parted(nows, head, tail) };
}

function parted(text: readonly string[], head: number, tail: number): MarkedText {
  const end = text.length - tail;
  return {
    before: text.slice(0, head).join(''),
    differs: text.slice(head, end).join(''),
    after: text.slice(end).join(''),
  };
}

const segmenter = new Intl.Segmenter();

function letters(text: string): readonly string[] {
  if (text.length > LONGEST) return [text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Whether two texts that differ look alike: other characters for the same letters, as when they come from two keyboards. */
export function looksAlike(old: string, now: string): boolean {
  return old !== now && old.normalize('NFKC').trim() === now.normalize('NFKC').trim();
}
