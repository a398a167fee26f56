/** Name characters of XML 1.0, fifth edition (productions 4 and 4a). */
const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const REST = `${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`;
const VALID_PREFIX = new RegExp(`^(?:[${START}][${REST}]*)?`, 'u');

/** How much of `text`, from its start, is a name. */
export function namePrefixOf(text: string): string {
  return VALID_PREFIX.exec(text)?.[0] ?? '';
}

/** 1 for bytes a name may begin with, 2 for bytes it may go on with. Bytes of non-ASCII characters pass both. */
export const NAME_START = 1;
const NAME_REST = 2;
export const NAME_BYTES = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = byte < 0x80 ? String.fromCharCode(byte) : 'a';
  if (/[:A-Z_a-z]/.test(character)) NAME_BYTES[byte] = NAME_START | NAME_REST;
  else if (/[-.0-9]/.test(character)) NAME_BYTES[byte] = NAME_REST;
}
