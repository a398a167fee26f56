/** Bounds on what one JSON file may make the parser hold. All of them end in JSON_LIMIT_EXCEEDED, naming the limit. */
export interface JsonLimits {
  /** Bytes (as UTF-8) of one string or number, or of one value where there is one per line, which is held until it is complete. */
  readonly tokenBytes: number;
  /** Objects and arrays inside each other. */
  readonly depth: number;
  /** Different keys of one file. */
  readonly names: number;
}

export const DEFAULT_LIMITS: JsonLimits = { tokenBytes: 64 * 1024 * 1024, depth: 1_000, names: 1_000_000 };
