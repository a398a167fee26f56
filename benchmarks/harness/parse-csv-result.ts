import type { Summary } from './statistics.ts';

/** How quick a reader was on the large file, and what it made of the small ones. */
export interface ParseCsvResult {
  readonly reader: string;
  /** null: it takes part in the probes only. */
  readonly megabytesPerSecond: Summary | null;
  /** The median of the ratios to csv-parse, round by round. */
  readonly timesCsvParse: number | null;
  /** Whether records and characters were those of the file, in every round. */
  readonly isRight: boolean | null;
  /** Probes it got wrong, by name: whole, and handed over in chunks of a few bytes. null: not probed. */
  readonly wrong: { readonly whole: readonly string[]; readonly inChunks: readonly string[] } | null;
}
