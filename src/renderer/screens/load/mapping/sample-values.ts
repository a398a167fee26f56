import type { PreviewReport } from '#contract/api/previews';
import type { Mapping } from '#contract/mapping';
import type { Selection } from './left-out.ts';

const MOST_SAMPLES = 3;

/** The first three different values of each column. */
export function sampleValues(rows: readonly (readonly (string | null)[])[], columns: number): readonly string[][] {
  return Array.from({ length: columns }, (_, at) => {
    const values = rows.map((row) => row[at]).filter((value) => value !== null && value !== undefined);
    return [...new Set(values)].slice(0, MOST_SAMPLES);
  });
}

export type Samples = readonly (readonly (readonly string[])[])[];

interface Sampled {
  /** With what is left out still in it. */
  readonly whole: Mapping;
  readonly selection: Pick<Selection, 'isOut'>;
}

/** Samples by table and column number of the whole mapping; the report knows only what is loaded of it. */
export function samplesOf({ whole, selection }: Sampled, report: PreviewReport): Samples {
  return whole.tables.map(({ name, columns }, table) => {
    const loaded = columns.flatMap((_, at) => (selection.isOut(table, at) ? [] : [at]));
    const values = sampleValues(report.tables[name]?.rows ?? [], loaded.length);
    return columns.map((_, at) => values[loaded.indexOf(at)] ?? []);
  });
}

/**
 * The mapping for looking at values only: rows that exist, or that refer to rows that do not, are shown as well. Nothing
 * is ever written where it looks.
 */
export function sampleMapping(mapping: Mapping): Mapping {
  return { ...mapping, tables: mapping.tables.map((table) => ({ ...table, references: [] })) };
}
