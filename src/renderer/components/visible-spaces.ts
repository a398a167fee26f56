const MARKS: Readonly<Record<string, string>> = { ' ': '␣', '\t': '⇥', '\n': '↵', '\r': '␍', '\u00a0': '⍽' };

/** White space as signs. */
export function visibleSpaces(text: string): string {
  return text.replace(
    /\s/g,
    (space) => MARKS[space] ?? `U+${space.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
