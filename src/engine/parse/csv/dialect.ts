/** How the text of a CSV file is parted into fields. Quote and escape are single ASCII characters. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string | null;
  /** The quote itself where quotes are doubled. */
  readonly escape: string | null;
  /** A record that begins with it is none. */
  readonly comment: string | null;
}

/** What a byte means outside of quotes, and inside of them. */
export const PLAIN = 0;
export const DELIMITER = 1;
export const LINE_END = 2;
export const QUOTE = 3;
export const ESCAPE = 4;

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** A dialect as bytes. */
export interface DialectBytes {
  readonly delimiter: Buffer;
  /** -1: none. */
  readonly quote: number;
  /** -1: none, or the quote itself. */
  readonly escape: number;
  readonly isDoubled: boolean;
  readonly comment: Buffer | null;
  readonly outside: Uint8Array;
  readonly inside: Uint8Array;
}

export function dialectBytes(dialect: CsvDialect): DialectBytes {
  const { delimiter, quote, comment } = dialect;
  const bytes = {
    delimiter: Buffer.from(delimiter),
    quote: quote ? quote.charCodeAt(0) : -1,
    escape: dialect.escape && dialect.escape !== quote ? dialect.escape.charCodeAt(0) : -1,
    isDoubled: Boolean(quote) && dialect.escape === quote,
    comment: comment === null ? null : Buffer.from(comment),
    outside: new Uint8Array(256),
    inside: new Uint8Array(256),
  };
  for (const kinds of [bytes.outside, bytes.inside]) {
    kinds[NEWLINE] = LINE_END;
    kinds[RETURN] = LINE_END;
    if (bytes.escape >= 0) kinds[bytes.escape] = ESCAPE;
    if (bytes.quote >= 0) kinds[bytes.quote] = QUOTE;
  }
  bytes.outside[bytes.delimiter[0] as number] = DELIMITER;
  return bytes;
}

/** Blanks may stand around a quoted field. */
export function isBlank(byte: number | undefined, { outside }: DialectBytes): boolean {
  return (byte === SPACE || byte === TAB) && outside[byte] === PLAIN;
}
