/** Bytes that mean something in XML. */
const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const AMPERSAND = 0x26;
export const APOSTROPHE = 0x27;
export const HYPHEN = 0x2d;
export const SLASH = 0x2f;
export const SEMICOLON = 0x3b;
export const LESS_THAN = 0x3c;
export const EQUALS = 0x3d;
export const GREATER_THAN = 0x3e;
export const QUESTION = 0x3f;
export const BRACKET_CLOSE = 0x5d;

export function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === NEWLINE || byte === TAB || byte === RETURN;
}

/** What a scanning loop does with a byte. PLAIN bytes are only stepped over. */
export const Kind = {
  PLAIN: 0,
  /** A control character, which XML forbids. */
  FORBIDDEN: 1,
  NEWLINE: 2,
  RETURN: 3,
  /** 0xEF, the first byte of U+FFFE and U+FFFF (and of characters that are fine). */
  MAYBE_FORBIDDEN: 4,
  /** The byte that may end what is scanned. */
  STOP: 5,
  REFERENCE: 6,
  LESS_THAN: 7,
  TAB: 8,
} as const;

/** A table from byte to kind: the controls, line ends and U+FFFE as everywhere, and `special` on top. */
function kindTable(special: Readonly<Record<number, number>>): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(Kind.FORBIDDEN, 0, SPACE);
  table[TAB] = Kind.PLAIN;
  table[NEWLINE] = Kind.NEWLINE;
  table[RETURN] = Kind.RETURN;
  table[0xef] = Kind.MAYBE_FORBIDDEN;
  for (const [byte, kind] of Object.entries(special)) table[Number(byte)] = kind;
  return table;
}

export const TEXT_KINDS = kindTable({
  [LESS_THAN]: Kind.LESS_THAN,
  [AMPERSAND]: Kind.REFERENCE,
  [BRACKET_CLOSE]: Kind.STOP,
});
export const COMMENT_KINDS = kindTable({ [HYPHEN]: Kind.STOP });
export const INSTRUCTION_KINDS = kindTable({ [QUESTION]: Kind.STOP });
export const CDATA_KINDS = kindTable({ [BRACKET_CLOSE]: Kind.STOP });

const VALUE = { [LESS_THAN]: Kind.LESS_THAN, [AMPERSAND]: Kind.REFERENCE, [TAB]: Kind.TAB };
export const DOUBLE_QUOTED_KINDS = kindTable({ ...VALUE, [DOUBLE_QUOTE]: Kind.STOP });
export const SINGLE_QUOTED_KINDS = kindTable({ ...VALUE, [APOSTROPHE]: Kind.STOP });

/** Whether the three bytes from `at` (0xEF first) are U+FFFE or U+FFFF. */
export function isNonCharacter(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === 0xbf && (bytes[at + 2] as number) >= 0xbe;
}
