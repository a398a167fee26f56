/** What is tried as a delimiter, in the order in which it is preferred when all else is equal. */
export const DELIMITERS: readonly string[] = [',', ';', '\t', '|', '~', '^', '\u001f', '\u0001', '¦'];

export function holdsDelimiter(text: string): boolean {
  return DELIMITERS.some((delimiter) => text.includes(delimiter));
}
