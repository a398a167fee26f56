/** What Excel reads from a first line `sep=;`, which is no part of the table. */
export interface SeparatorLine {
  readonly delimiter: string;
  /** Bytes of the line, its end included. */
  readonly length: number;
}

/** Bytes in which such a line ends, also as UTF-16 behind a byte order mark. */
export const SEPARATOR_LINE_BYTES = 64;

/** @param text a file's beginning as UTF-8. */
export function separatorLine(text: Buffer): SeparatorLine | null {
  const found = /^"?sep=([^\r\n"\ufffd])"?(?:\r\n|\r|\n|$)/iu.exec(text.toString('utf8', 0, SEPARATOR_LINE_BYTES));
  if (found === null) return null;
  return { delimiter: found[1] as string, length: Buffer.byteLength(found[0]) };
}
