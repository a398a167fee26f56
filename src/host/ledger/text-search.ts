import type { Database } from 'better-sqlite3';

/**
 * Gives SQL the function `holds_text(whole, part)`, in any case and any Unicode form: SQLite's own LIKE knows upper and
 * lower case of ASCII only.
 * @see foldText which `part` has to have gone through
 */
export function addTextSearch(database: Database): void {
  database.function('holds_text', { deterministic: true }, (whole, part) =>
    Number(fold(String(whole ?? '')).includes(String(part))),
  );
}

/** What is looked for; null: nothing. */
export function foldText(text: string | undefined): string | null {
  const trimmed = text?.trim();
  return trimmed ? fold(trimmed) : null;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
