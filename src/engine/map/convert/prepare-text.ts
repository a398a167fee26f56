/** Changes a raw text before its type is asked; null is SQL NULL. */
export type PrepareText = (raw: string) => string | null;

interface PrepareOptions {
  readonly trim: boolean;
  readonly normalize: 'none' | 'NFC';
  readonly nullValues: ReadonlySet<string> | null;
  readonly values: ReadonlyMap<string, string> | null;
  readonly emptyAsNull: boolean;
}

/** Trim, normalise, compare with `nullValues`, look up in `values`, empty as null: in this order. */
export function compilePrepare({ trim, normalize, nullValues, values, emptyAsNull }: PrepareOptions): PrepareText {
  const nfc = normalize === 'NFC';
  return (raw) => {
    let text = raw;
    if (trim) text = trimmed(text);
    if (nfc) text = toNfc(text);
    if (nullValues?.has(text)) return null;
    if (values !== null) text = values.get(text) ?? text;
    return text.length === 0 && emptyAsNull ? null : text;
  };
}

/** `trim()` that costs nothing when both ends are printable ASCII, as nearly always. */
function trimmed(text: string): string {
  const length = text.length;
  if (length === 0) return text;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(length - 1);
  return first > 0x20 && first < 0x7f && last > 0x20 && last < 0x7f ? text : text.trim();
}

/** NFC. Below U+0300 and in the Vietnamese block every character is composed already, so most texts pass untouched. */
export function toNfc(text: string): string {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x300 && !(unit >= 0x1ea0 && unit <= 0x1ef9)) return text.normalize('NFC');
  }
  return text;
}
