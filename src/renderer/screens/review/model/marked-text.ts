/** A piece of a text, and whether the other version has it there too. */
export interface TextPiece {
  readonly text: string;
  readonly differs: boolean;
}

type Marked = readonly TextPiece[];

/** Beyond that, taking a text apart costs more than the eye gains. */
const LONGEST = 20_000;
/** Comparing each word with each takes the square of it. */
const MOST_WORDS = 200;

const letterSegmenter = new Intl.Segmenter();
const wordSegmenter = new Intl.Segmenter('vi', { granularity: 'word' });

/**
 * Where two versions of a text differ: by words, and where one word took another's place, by letters; never in the middle of
 * what a reader sees as one letter.
 */
export function markDifference(old: string, now: string): { readonly old: Marked; readonly now: Marked } {
  if (old.length > LONGEST || now.length > LONGEST) return byEnds([old], [now]);
  const olds = parts(wordSegmenter, old);
  const nows = parts(wordSegmenter, now);
  if (olds.length > MOST_WORDS || nows.length > MOST_WORDS) return byLetters(old, now);
  const both = commonParts(olds, nows);
  const pieces = { old: [] as TextPiece[], now: [] as TextPiece[] };
  let [atOld, atNow] = [0, 0];
  for (const [nextOld, nextNow] of [...both, [olds.length, nows.length] as const]) {
    const between = byLetters(olds.slice(atOld, nextOld).join(''), nows.slice(atNow, nextNow).join(''));
    pieces.old.push(...between.old, { text: olds[nextOld] ?? '', differs: false });
    pieces.now.push(...between.now, { text: nows[nextNow] ?? '', differs: false });
    [atOld, atNow] = [nextOld + 1, nextNow + 1];
  }
  return { old: withoutGaps(joined(pieces.old)), now: withoutGaps(joined(pieces.now)) };
}

/** Blanks between words that all differ are no news. */
function withoutGaps(pieces: Marked): Marked {
  const isGap = (at: number) =>
    pieces[at]?.text.trim() === '' && pieces[at - 1]?.differs === true && pieces[at + 1]?.differs === true;
  return joined(pieces.map(({ text, differs }, at) => ({ text, differs: differs || isGap(at) })));
}

function parts(segmenter: Intl.Segmenter, text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Between what both begin with and what both end with. */
function byLetters(old: string, now: string): { readonly old: Marked; readonly now: Marked } {
  return byEnds(parts(letterSegmenter, old), parts(letterSegmenter, now));
}

function byEnds(olds: readonly string[], nows: readonly string[]): { readonly old: Marked; readonly now: Marked } {
  const shorter = Math.min(olds.length, nows.length);
  let head = 0;
  while (head < shorter && olds[head] === nows[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && olds.at(-1 - tail) === nows.at(-1 - tail)) tail += 1;
  return { old: cut(olds, head, tail), now: cut(nows, head, tail) };
}

function cut(text: readonly string[], head: number, tail: number): Marked {
  const end = text.length - tail;
  return joined([
    { text: text.slice(0, head).join(''), differs: false },
    { text: text.slice(head, end).join(''), differs: true },
    { text: text.slice(end).join(''), differs: false },
  ]);
}

/** Neighbours of one kind are one piece; empty ones are none. */
function joined(pieces: readonly TextPiece[]): Marked {
  const all: TextPiece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.text === '') continue;
    if (last?.differs === piece.differs) all[all.length - 1] = { ...last, text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}

/** The places of a longest common subsequence, in both. */
function commonParts(olds: readonly string[], nows: readonly string[]): readonly (readonly [number, number])[] {
  const width = nows.length + 1;
  const longest = new Uint16Array((olds.length + 1) * width);
  const at = (o: number, n: number) => longest[o * width + n] ?? 0;
  for (let o = olds.length - 1; o >= 0; o -= 1) {
    for (let n = nows.length - 1; n >= 0; n -= 1) {
      const same = olds[o] === nows[n] ? at(o + 1, n + 1) + 1 : 0;
      longest[o * width + n] = Math.max(same, at(o + 1, n), at(o, n + 1));
    }
  }
  const both: (readonly [number, number])[] = [];
  let [o, n] = [0, 0];
  while (o < olds.length && n < nows.length) {
    if (olds[o] === nows[n] && at(o, n) === at(o + 1, n + 1) + 1) {
      both.push([o, n]);
      [o, n] = [o + 1, n + 1];
    } else if (at(o + 1, n) >= at(o, n + 1)) o += 1;
    else n += 1;
  }
  return both;
}

/** What stands around a difference in a list. */
const AROUND = 24;

/** Long stretches without a difference shortened to their ends; a text without any keeps its begin. */
export function aroundDifferences(pieces: readonly TextPiece[]): readonly TextPiece[] {
  return pieces.map(({ text, differs }, at) => {
    if (differs || text.length <= 3 * AROUND) return { text, differs };
    const begin = at === 0 && pieces.length > 1 ? '' : text.slice(0, AROUND);
    const end = at === pieces.length - 1 ? '' : text.slice(-AROUND);
    return { text: `${begin}…${end}`, differs };
  });
}

/** Whether two texts that differ look alike: other characters for the same letters, as when they come from two keyboards. */
export function looksAlike(old: string, now: string): boolean {
  return old !== now && old.normalize('NFKC').trim() === now.normalize('NFKC').trim();
}
