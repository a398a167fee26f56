import type { SampleRecord } from './read-sample.ts';

const TOTAL =
  /^(?:(?:grand |sub-?)?totals?|sum|summe|gesamt|insgesamt|totale|total général|suma|tổng(?: cộng| số)?|cộng)(?=$|[\s:.=])/iu;

/** What the last record begins with where it seems to sum up the others; null: it does not. */
export function totalsLine(records: readonly SampleRecord[]): string | null {
  const [last, ...others] = records.toReversed().map(firstText);
  if (last === undefined || !TOTAL.test(last)) return null;
  return others.some((text) => TOTAL.test(text)) ? null : last;
}

function firstText({ cells }: SampleRecord): string {
  return cells.map(({ text }) => text.trim()).find((text) => text !== '') ?? '';
}
