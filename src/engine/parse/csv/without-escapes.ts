import type { DialectBytes } from './dialect.ts';

/**
 * The text of a field without its escapes. An escape character stands for itself unless a quote, a delimiter, a line end
 * or another escape follows it: `C:\new` stays as it is.
 */
export function withoutEscapes(text: string, dialect: DialectBytes, isQuoted: boolean): string {
  if (isQuoted && dialect.isDoubled) {
    const quote = String.fromCharCode(dialect.quote);
    return text.replaceAll(quote + quote, quote);
  }
  const sign = String.fromCharCode(dialect.escape);
  const special = new Set(`\r\n${sign}${String.fromCharCode(dialect.quote)}${dialect.delimiter.toString()[0]}`);
  let plain = '';
  let from = 0;
  for (let at = text.indexOf(sign); at >= 0 && at + 1 < text.length; at = text.indexOf(sign, at)) {
    if (special.has(text[at + 1] as string)) {
      plain += text.slice(from, at);
      from = at + 1;
      at += 2;
    } else at += 1;
  }
  return plain + text.slice(from);
}
