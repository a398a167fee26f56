import type { SourceExcerpt } from '#contract/api/reject-corrections';

/** A value that is looked for in its record. */
export interface Sought {
  /** As it was read; null: nothing was there. */
  readonly value: string | null;
  /** The path that selected it. */
  readonly field: string | undefined;
}

/** Characters of a line, counted from its beginning as it is shown. */
export interface MarkedRange {
  readonly from: number;
  readonly to: number;
}

export type Marks = ReadonlyMap<number, readonly MarkedRange[]>;

interface Piece {
  readonly line: number;
  /** Of its text within the record's. */
  readonly start: number;
  readonly end: number;
  /** Where in the line, as it is shown, it begins. */
  readonly offset: number;
}

/** More places than that, found without the field's name, are chance. */
const MOST_UNNAMED = 2;
/** The name of a field stands near its value. */
const NEAR = 120;

/** @returns by line number which characters of the excerpt are what was objected to, as far as that can be told. */
export function findMarks(excerpt: SourceExcerpt, sought: readonly Sought[]): Marks {
  const { text, pieces } = recordText(excerpt);
  const found = sought.flatMap((one) => placesOf(text, one));
  const marks = new Map<number, MarkedRange[]>();
  for (const { from, to } of found) {
    for (const { line, start, end, offset } of pieces) {
      const range = { from: Math.max(from, start) - start + offset, to: Math.min(to, end) - start + offset };
      if (range.from < range.to) marks.set(line, [...(marks.get(line) ?? []), range]);
    }
  }
  return new Map([...marks].map(([line, ranges]) => [line, merged(ranges)]));
}

/** What of a line, as it is shown, is the record's; null: nothing. */
export function recordRange(
  { begins, ends }: Pick<SourceExcerpt, 'begins' | 'ends'>,
  { number, column, text }: SourceExcerpt['lines'][number],
): MarkedRange | null {
  if (number < begins.line || (ends !== null && number > ends.line)) return null;
  const from = number === begins.line ? clamp(begins.column - column, text.length) : 0;
  const to = number === ends?.line ? clamp(ends.column - column, text.length) : text.length;
  return { from, to: Math.max(from, to) };
}

/** The record as one text, and where its lines' parts stand in it. */
function recordText(excerpt: SourceExcerpt): { readonly text: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let text = '';
  for (const line of excerpt.lines) {
    const range = recordRange(excerpt, line);
    if (range === null) continue;
    const part = line.text.slice(range.from, range.to);
    pieces.push({ line: line.number, start: text.length, end: text.length + part.length, offset: range.from });
    text += `${part}\n`;
  }
  return { text, pieces };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

function placesOf(text: string, { value, field }: Sought): readonly MarkedRange[] {
  const name = /([\p{L}_][\p{L}\p{N}_.-]*)[^\p{L}]*$/u.exec(field ?? '')?.[1] ?? null;
  if (value === null || value.trim() === '') return name === null ? [] : emptyElements(text, name);
  const all = spellings(value.trim()).flatMap((spelling) => standing(text, spelling));
  const named =
    name === null ? [] : all.filter(({ from }) => text.slice(Math.max(0, from - NEAR), from).includes(name));
  const [nearest] = named.toSorted((one, other) => farness(text, name, one) - farness(text, name, other));
  if (nearest !== undefined) return [nearest];
  return all.length <= MOST_UNNAMED ? all : [];
}

/** What stands between a name and its own value: the end of a tag, an equals sign or a colon. */
const OWN = /^(?:[^<>]*>\s*|["'\s]*[:=]\s*["']?)$/;

function farness(text: string, name: string | null, { from }: MarkedRange): number {
  if (name === null) return 0;
  const between = text.slice(text.lastIndexOf(name, from) + name.length, from);
  return OWN.test(between) ? between.length : NEAR + between.length;
}

/** How files write a text. */
function spellings(value: string): readonly string[] {
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [...new Set([value, xml, JSON.stringify(value).slice(1, -1), value.replaceAll('"', '""')])];
}

/** Where a text stands by itself, not within a word. */
function standing(text: string, part: string): readonly MarkedRange[] {
  const found: MarkedRange[] = [];
  for (let from = text.indexOf(part); from >= 0; from = text.indexOf(part, from + part.length)) {
    const to = from + part.length;
    if (isEdge(text[from - 1]) && isEdge(text[to])) found.push({ from, to });
  }
  return found;
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || !/[\p{L}\p{N}._-]/u.test(character);
}

/** An element without content, or a name with nothing behind it. */
function emptyElements(text: string, name: string): readonly MarkedRange[] {
  const escaped = name.replaceAll(/[.-]/g, '\\$&');
  const shapes = new RegExp(
    `<(?:[\\w.-]+:)?${escaped}(?:\\s[^<>]*)?(?:/>|>\\s*</[^>]*>)|"${escaped}"\\s*:\\s*(?:null|"\\s*")|\\b${escaped}\\s*=\\s*(?:""|'')`,
    'gu',
  );
  return [...text.matchAll(shapes)].map(({ index, 0: whole }) => ({ from: index, to: index + whole.length }));
}

function merged(ranges: readonly MarkedRange[]): readonly MarkedRange[] {
  const sorted = ranges.toSorted((one, other) => one.from - other.from);
  const out: MarkedRange[] = [];
  for (const range of sorted) {
    const last = out.at(-1);
    if (last !== undefined && range.from <= last.to)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else out.push(range);
  }
  return out;
}

/** A line in parts, those marked and those not. */
export function partsOf(
  text: string,
  ranges: readonly MarkedRange[],
): readonly { readonly text: string; readonly marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let end = 0;
  for (const { from, to } of ranges) {
    if (from > end) parts.push({ text: text.slice(end, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    end = to;
  }
  if (end < text.length) parts.push({ text: text.slice(end), marked: false });
  return parts;
}
