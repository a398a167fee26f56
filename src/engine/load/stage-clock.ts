/** How long a part of a load took, for the log. */
export interface StageTiming {
  readonly stage: 'scan' | 'stage' | 'commit staging' | 'check' | 'commit check' | 'check and merge' | 'commit merge';
  readonly ms: number;
  readonly table?: string;
  readonly files?: number;
  readonly rows?: number;
}

/** Times parts that follow each other. */
export class StageClock {
  readonly #onTiming: (timing: StageTiming) => void;
  #since = performance.now();

  constructor(onTiming: (timing: StageTiming) => void) {
    this.#onTiming = onTiming;
  }

  /** The part that ran until now is over. */
  lap(part: Omit<StageTiming, 'ms'>): void {
    const now = performance.now();
    this.#onTiming({ ...part, ms: Math.round(now - this.#since) });
    this.#since = now;
  }
}
