import { availableParallelism } from 'node:os';

/** One per core; the lead keeps one connection of the pool for its lock and its merge, each other one stages. */
export function defaultWorkers(pool: number): number {
  return Math.max(1, Math.min(availableParallelism(), pool - 1));
}
