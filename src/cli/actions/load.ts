import { randomUUID } from 'node:crypto';
import type { ConnectionRef } from '#contract/connection';
import type { LoadSpec } from '#contract/load';
import type { Mapping } from '#contract/mapping';
import type { CliContext } from '../context.ts';
import { withHost } from '../open-host.ts';
import type { LoadOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { existingPaths } from '../options/paths.ts';
import { resolutionsFrom } from '../options/resolutions.ts';
import { serverFrom } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { defaultWorkers } from '../options/workers.ts';
import { followLoad } from './follow-load.ts';

/** `loadstone load`: everything that can be judged without a server is judged before one is started. */
export async function runLoad(context: CliContext, paths: readonly string[], options: LoadOptions): Promise<number> {
  if (options.review && options.dryRun) throw reviewOfDryRun();
  const given = options.mapping === undefined ? undefined : await mappingFrom(options.mapping);
  const resolutions = options.resolutions === undefined ? undefined : await resolutionsFrom(options.resolutions);
  const found = await existingPaths(paths);
  const mapping = given ?? (await acceptInferred(context, found, options));
  const server = await serverFrom(options.to, context);
  const spec = { ...specOf(found, mapping, server.ref, options), ...(resolutions !== undefined && { resolutions }) };
  return withHost(context, options, { pool: options.pool, server }, (host) =>
    followLoad(context, host.startLoad(spec), { json: options.json === true, dryRun: spec.dryRun }),
  );
}

function reviewOfDryRun(): Error {
  return usage(
    '--review and --dry-run contradict each other: a dry run leaves nothing that could wait.',
    'Leave one of them out.',
  );
}

/** Shows the mapping that the files suggest; nobody has seen it yet, so it takes a yes. */
async function acceptInferred(context: CliContext, paths: readonly string[], options: LoadOptions): Promise<Mapping> {
  const [{ inferFor }, { renderInference }, { mappingSchema }] = await Promise.all([
    import('./infer.ts'),
    import('../render/inference.ts'),
    import('#contract/mapping'),
  ]);
  const { mapping, report } = await inferFor(context, paths, options);
  context.terminal.err(renderInference(report));
  if (options.yes) return mappingSchema.parse(mapping);
  throw usage(
    'No mapping is named. The one that would be used was inferred and is shown above; nothing was loaded.',
    'Add --yes to load with it, or write it with "loadstone infer --out", look at it, and name it with --mapping.',
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
    ...(options.review && { review: true }),
    ...(schema !== undefined && { schema }),
    ...(onConflict !== undefined && { onConflict }),
    ...(maxRejects !== undefined && { maxRejects }),
    ...(limit !== undefined && { limit }),
  };
}
