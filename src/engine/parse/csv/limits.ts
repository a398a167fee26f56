/** Bounds on what one CSV file may make the parser hold. */
export interface CsvLimits {
  /** Bytes (as UTF-8) of one record, which is held until it is complete. */
  readonly recordBytes: number;
  readonly fields: number;
}

export const DEFAULT_LIMITS: CsvLimits = { recordBytes: 64 * 1024 * 1024, fields: 100_000 };
