export interface LoopDelay {
  /** The meter's timer, in milliseconds: an idle loop shows this much. */
  readonly resolution: number;
  readonly samples: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface ResponsivenessResult {
  readonly files: number;
  readonly rows: number;
  readonly seconds: number;
  readonly host: LoopDelay;
  /** Tasks of the page above 50 ms, in milliseconds, the longest first. */
  readonly longTasks: readonly number[];
}
