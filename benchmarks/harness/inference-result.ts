import type { ProcessMemory } from './memory-result.ts';

/** One `loadstone infer`: how quick, and the resident memory of all its processes together. */
export interface InferenceResult {
  readonly name: string;
  readonly bytes: number;
  /** What the command says it read. */
  readonly bytesRead: number;
  readonly seconds: number;
  readonly maxMegabytes: number;
  /** At a tenth, at half, and at the end of the time. */
  readonly alongTheWay: readonly [number, number, number];
  readonly processes: readonly ProcessMemory[];
}
