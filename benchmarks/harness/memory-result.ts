export interface ProcessMemory {
  readonly role: 'worker' | 'host';
  readonly samples: number;
  readonly maxMegabytes: number;
  readonly secondHalfMegabytes: number;
  /** Slope of the second half times its length. */
  readonly growthMegabytes: number;
  readonly flat: boolean;
  /** [seconds, MB], thinned out. */
  readonly course: readonly (readonly [number, number])[];
}

export interface MemoryResult {
  readonly name: string;
  readonly seconds: number;
  readonly rows: number;
  readonly processes: readonly ProcessMemory[];
}
