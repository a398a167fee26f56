import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImportedCorrections } from '#contract/api/reject-corrections';
import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { RejectedLoad } from '#contract/worker-messages';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { reachSaved, withHost } from '../open-host.ts';
import type { RetryOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { defaultWorkers } from '../options/workers.ts';
import { renderImported } from '../render/imported.ts';
import { followLoad } from './follow-load.ts';

/** `loadstone rejects retry`: keeps what was corrected in the file, then loads the rejected rows of the job again. */
export async function runRetry(
  context: CliContext,
  number: number,
  file: string | undefined,
  options: RetryOptions,
): Promise<number> {
  const mapping = options.mapping === undefined ? undefined : await mappingFrom(options.mapping);
  if (file !== undefined) await assertThere(file);
  return withHost(context, options, { pool: options.pool }, async (host) => {
    const { loadRecord, rejectedLoad, retryOrder } = await import('#host/jobs/retry-order');
    const record = loadRecord(host.showJob(number).job);
    const given = mapping === undefined ? {} : { mapping };
    const imported =
      file === undefined ? undefined : await keep(context, { ...rejectedLoad(record), ...given }, record.spec, file);
    if (imported !== undefined) context.terminal.err(renderImported(imported, file ?? ''));
    if (imported !== undefined && imported.corrected > 0) {
      const about = { job: number, loadId: record.loadId, connection: record.spec.connection };
      const counts = { corrections: imported.corrected };
      host.audit.add({ action: 'corrections_kept', ...about, counts, facts: { from: resolve(file ?? '') } });
    }
    const workers = options.workers ?? defaultWorkers(options.pool);
    const order = { ...retryOrder(record), ...given, dryRun: options.dryRun === true };
    const handle = host.startLoad({ ...order, loadId: randomUUID(), workers });
    const retry = { of: number, ...(imported !== undefined && { imported }) };
    const code = await followLoad(context, handle, { json: options.json === true, dryRun: order.dryRun, retry });
    return code === EXIT.done && (imported?.refused ?? 0) > 0 ? EXIT.doneWithRejects : code;
  });
}

async function keep(
  context: CliContext,
  load: RejectedLoad,
  { connection }: Pick<LoadSpec, 'connection'>,
  file: string,
): Promise<ImportedCorrections> {
  const { signal } = context.interrupts;
  const target = await reachSaved(context, connection);
  const { DirectSession, importCorrections } = await import('#engine/door');
  const session = new DirectSession(target);
  return importCorrections(session, load, { path: resolve(file), signal }).finally(() => session.close());
}

async function assertThere(file: string): Promise<void> {
  await access(file).catch((cause) => {
    throw new LoadstoneError({
      code: 'PATH_NOT_FOUND',
      message: `"${file}" does not exist or cannot be read.`,
      remedy: 'Check the path; one with spaces needs quotes.',
      cause,
    });
  });
}
