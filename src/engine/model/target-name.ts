import type { Mapping } from '#contract/mapping';

export interface TargetName {
  /** null: the first schema of the search path (or the one the user chose). */
  readonly schema: string | null;
  readonly table: string;
}

/** A name as PostgreSQL stores it: ASCII letters folded to lower case unless the mapping quotes its names. */
export function storedName(written: string, mapping: Pick<Mapping, 'quoteNames'>): string {
  return mapping.quoteNames ? written : written.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Splits `schema.table`; a name without a dot has no schema. */
export function targetName(written: string, mapping: Pick<Mapping, 'quoteNames'>): TargetName {
  const dot = written.indexOf('.');
  if (dot < 0) return { schema: null, table: storedName(written, mapping) };
  return { schema: storedName(written.slice(0, dot), mapping), table: storedName(written.slice(dot + 1), mapping) };
}
