/** Says nothing but that there is no value, also among texts. */
export const NEVER_TEXT = '\\N';

/** Words that may say that there is no value: among numbers, dates and the like they do, among texts they may be values. */
export const NULL_WORDS: ReadonlySet<string> = new Set([
  NEVER_TEXT,
  'NULL',
  'null',
  'Null',
  'N/A',
  'n/a',
  'NA',
  'NaN',
  '#N/A',
  'None',
  'none',
  'nil',
  '-',
  '--',
  '?',
  '.',
]);

/** A text longer than this is none of them, whatever blanks stand around it. */
export const LONGEST_NULL_WORD = 16;
