import { writeFile } from 'node:fs/promises';
import type { Review } from '#contract/api/reviews';
import type { Host } from '#host/job-host';
import type { MergeOptions, ResolutionsOutOptions } from '../commands/review.ts';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { OutputOptions } from '../options/common.ts';
import { resolutionsFrom } from '../options/resolutions.ts';
import { usage } from '../options/values.ts';
import { renderResolved } from '../render/review.ts';
import { followLoad } from './follow-load.ts';
import { withWaitingLoad } from './waiting-load.ts';

/** `loadstone jobs resolve` */
export async function runJobsResolve(
  context: CliContext,
  number: number,
  file: string,
  options: OutputOptions,
): Promise<number> {
  const review = await withHost(context, options, {}, (host) => resolve(context, host, number, file));
  context.terminal.err(renderResolved(number, review));
  const { effects, resolutions, revision } = review;
  if (options.json) await printJson(context, { job: String(number), resolutions, revision, effects });
  return EXIT.done;
}

async function resolve(context: CliContext, host: Host, number: number, file: string): Promise<Review> {
  const resolutions = await resolutionsFrom(file);
  const review = await withWaitingLoad(context, host, number, async (load) => {
    const { resolveConflicts } = await import('#engine/door');
    return resolveConflicts(load.session, { loadId: load.loadId, resolutions }, load);
  });
  host.resolved(number, review);
  return review;
}

/** `loadstone jobs resolutions` */
export async function runJobsResolutions(
  context: CliContext,
  number: number,
  options: ResolutionsOutOptions,
): Promise<number> {
  const { resolutions } = await withHost(context, options, {}, (host) =>
    withWaitingLoad(context, host, number, async (load) => {
      const { readLoadReview } = await import('#engine/door');
      return readLoadReview(load.session, load.loadId, load);
    }),
  );
  const { out } = options;
  if (out === undefined) {
    await printJson(context, resolutions);
    return EXIT.done;
  }
  await write(out, `${JSON.stringify(resolutions, null, 2)}\n`);
  context.terminal.err(`What was decided about job ${number} is written to ${out}.\n`);
  if (options.json) await printJson(context, { job: String(number), out });
  return EXIT.done;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage(
      `${file} cannot be written: ${reason}.`,
      'Give a file in a folder that exists and that you may write to.',
    );
  }
}

/** `loadstone jobs merge` */
export async function runJobsMerge(context: CliContext, number: number, options: MergeOptions): Promise<number> {
  const { resolutions, acceptMoved = false, pool } = options;
  return withHost(context, options, { pool }, async (host) => {
    const decided = resolutions === undefined ? undefined : await resolve(context, host, number, resolutions);
    const wish = { acceptMoved, ...(decided !== undefined && { revision: decided.revision }) };
    return followLoad(context, host.merge(number, wish), { json: options.json === true, dryRun: false });
  });
}
