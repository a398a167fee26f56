/** What moves the cursor, rings, or reorders text: data from files must not drive the reader's terminal. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** @returns the text with every control character spelled out. */
export function visible(text: string): string {
  return text.replace(
    CONTROLS,
    (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const DOUBLE_WIDTH = /[\p{Script=Han}\u3040-\u30ff\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** @returns how many cells of a terminal the text takes: combining marks none, East Asian characters two. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : DOUBLE_WIDTH.test(character) ? 2 : 1;
  return width;
}

/** @returns the text, cut with `…` where it is wider than `cells`. */
export function clip(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += cellWidth(character);
    if (width > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
