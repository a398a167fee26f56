import type { PreviewReport } from '#contract/api/previews';
import type { Mapping } from '#contract/mapping';

const MOST_SAMPLES = 3;

/** The first three different values of each column. */
export function sampleValues(rows: readonly (readonly (string | null)[])[], columns: number): readonly string[][] {
  return Array.from({ length: columns }, (_, at) => {
    const values = rows.map((row) => row[at]).filter((value) => value !== null && value !== undefined);
    return [...new Set(values)].slice(0, MOST_SAMPLES);
  });
}

/** Samples by table and column number. */
export function samplesOf(mapping: Mapping, report: PreviewReport): readonly (readonly (readonly string[])[])[] {
  return mapping.tables.map(({ name, columns }) => sampleValues(report.tables[name]?.rows ?? [], columns.length));
}

/**
 * The mapping for looking at values only: rows that exist, or that refer to rows that do not, are shown as well. Nothing
 * is ever written where it looks.
 */
export function sampleMapping(mapping: Mapping): Mapping {
  return { ...mapping, tables: mapping.tables.map((table) => ({ ...table, references: [] })) };
}
