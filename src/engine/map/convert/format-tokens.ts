import { LoadstoneError } from '#contract/errors';

/** What a token of a format fills. */
export type Part = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'halfDay' | 'minute' | 'second' | 'fraction' | 'zone';

export type FormatToken =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'part'; readonly part: Part; readonly letters: string };

const PARTS: ReadonlyMap<string, Part> = new Map([
  ...letters('year', 'yyyy', 'yy', 'uuuu'),
  ...letters('month', 'MMMM', 'MMM', 'MM', 'M'),
  ...letters('day', 'dd', 'd'),
  ...letters('hour', 'HH', 'H'),
  ...letters('hour12', 'hh', 'h'),
  ...letters('halfDay', 'a', 'aa', 'aaa'),
  ...letters('minute', 'mm', 'm'),
  ...letters('second', 'ss', 's'),
  ...letters('fraction', 'S', 'SS', 'SSS', 'SSSS', 'SSSSS', 'SSSSSS', 'SSSSSSS', 'SSSSSSSS', 'SSSSSSSSS'),
  ...letters('zone', 'X', 'XX', 'XXX', 'x', 'xx', 'xxx'),
]);

function letters(part: Part, ...spellings: readonly string[]): [string, Part][] {
  return spellings.map((spelling) => [spelling, part]);
}

const PIECE = /'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z]/gy;

/**
 * Splits a date-fns format into tokens.
 * @throws LoadstoneError MAPPING_INVALID for an unknown token or an open quote.
 */
export function tokenizeFormat(format: string, place: string): readonly FormatToken[] {
  const tokens: FormatToken[] = [];
  for (const [piece] of format.matchAll(PIECE)) {
    const part = PARTS.get(piece);
    if (part !== undefined) tokens.push({ kind: 'part', part, letters: piece });
    else if (piece === "'") throw formatInvalid(format, place, 'a quote stays open');
    else if (/^[A-Za-z]/.test(piece)) throw formatInvalid(format, place, `"${piece}" is not a token Loadstone knows`);
    else tokens.push({ kind: 'literal', text: unquoted(piece) });
  }
  return tokens;
}

function unquoted(piece: string): string {
  if (piece === "''") return "'";
  return piece.startsWith("'") ? piece.slice(1, -1).replaceAll("''", "'") : piece;
}

export function formatInvalid(format: string, place: string, why: string): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: the format "${format}" cannot be used: ${why}.`,
    remedy:
      'Use date-fns tokens: yyyy yy, MM M MMM MMMM, dd d, HH H, hh h with a, mm m, ss s, S… for decimals of a second, ' +
      "XXX XX X or xxx xx x for a zone; letters that are meant as such stand in quotes ('T').",
  });
}
