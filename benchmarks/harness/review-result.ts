import type { Cluster } from './cluster.ts';
import type { ProcessMemory } from './memory-result.ts';

/** One comparison of a file with a table. */
export interface CheckRun {
  readonly seconds: number;
  readonly conflicts: number;
  readonly processes: readonly ProcessMemory[];
}

export interface ReviewContender {
  readonly name: string;
  run(cluster: Cluster, database: string): Promise<CheckRun>;
}

/** How soon conflicts are shown, in milliseconds: the first page, one further on, and the first one of a filter. */
export interface PageTimes {
  readonly conflicts: number;
  readonly first: number;
  readonly middle: number;
  readonly filtered: number;
}
