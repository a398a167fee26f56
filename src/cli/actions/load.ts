import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { ConnectionRef } from '#contract/connection';
import type { LoadSpec } from '#contract/load';
import type { Mapping } from '#contract/mapping';
import type { CliContext } from '../context.ts';
import { withHost } from '../open-host.ts';
import type { LoadOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { existingPaths } from '../options/paths.ts';
import { serverFrom } from '../options/target.ts';
import { followLoad } from './follow-load.ts';

/** `loadstone load`: everything that can be judged without a server is judged before one is started. */
export async function runLoad(context: CliContext, paths: readonly string[], options: LoadOptions): Promise<number> {
  const mapping = await mappingFrom(options.mapping);
  const found = await existingPaths(paths);
  const server = await serverFrom(options.to, context);
  const spec = specOf(found, mapping, server.ref, options);
  return withHost(context, options, { pool: options.pool, server }, (host) =>
    followLoad(context, host.startLoad(spec), { json: options.json === true, dryRun: spec.dryRun }),
  );
}

function specOf(paths: string[], mapping: Mapping, connection: ConnectionRef, options: LoadOptions): LoadSpec {
  const { schema, onConflict, maxRejects, limit } = options;
  return {
    loadId: randomUUID(),
    paths,
    mapping,
    connection,
    onError: options.onError,
    workers: options.workers ?? defaultWorkers(options.pool),
    batchSize: options.batchSize,
    dryRun: options.dryRun === true,
    skipLoaded: options.skipLoaded,
    ...(schema !== undefined && { schema }),
    ...(onConflict !== undefined && { onConflict }),
    ...(maxRejects !== undefined && { maxRejects }),
    ...(limit !== undefined && { limit }),
  };
}

/** One per core; the lead keeps one connection of the pool for its lock and its merge, each other one stages. */
function defaultWorkers(pool: number): number {
  return Math.max(1, Math.min(availableParallelism(), pool - 1));
}
