import type { RejectCode } from '#contract/rejects';

/** Why a text does not become a value of its column: the facts, without the value and its place. */
export interface BadValue {
  readonly code: RejectCode;
  readonly message: string;
}

/**
 * What conversion gives: PostgreSQL input text (not escaped for COPY), null for SQL NULL, or the objection. An empty
 * text that counts as null is null here; whether the column may be null, or has a default, is the caller's question.
 */
export type Converted = string | null | BadValue;

/** Turns the texts a column's path selected into a value. Never throws, whatever the text. */
export interface ColumnConverter {
  /** One selected text. */
  readonly one: (raw: string) => Converted;
  /** All selected texts at once, as the column's `many` says. Without `many` (or `first`) the first one counts. */
  readonly many: (raws: readonly string[]) => Converted;
}

/** Converts one prepared (trimmed, normalised, mapped, not null) text. */
export type ConvertText = (text: string) => string | BadValue;

export function badValue(message: string): BadValue {
  return { code: 'BAD_VALUE', message };
}
