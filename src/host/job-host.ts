import { LoadstoneError } from '#contract/errors';
import type { Host, HostOptions } from './host-types.ts';
import { JobRunner } from './job-runner.ts';
import { LEASES_PER_JOB } from './jobs/job-queue.ts';
import { openLedger } from './ledger/ledger.ts';

export type { Host, HostOptions, JobHandle } from './host-types.ts';
export type { JobEvent, JobRecord } from './jobs/job-record.ts';
export type { JobOutcome, LoadOutcome, TablesOutcome } from './jobs/running-job.ts';

const DEFAULT_POOL = 5;

/**
 * Opens the host of a home folder. Jobs whose process has died are marked `interrupted`.
 * @throws LEDGER_FAILED, CONFIG_INVALID
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const pool = options.pool ?? DEFAULT_POOL;
  if (!Number.isInteger(pool) || pool < LEASES_PER_JOB) throw poolTooSmall(pool);
  const ledger = openLedger(options.home, options.log);
  try {
    return new JobRunner(options, pool, ledger);
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function poolTooSmall(pool: number): LoadstoneError {
  return new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `A pool of ${pool} connections is too small: a load keeps one for its lock and its merge, and stages over another.`,
    remedy: `Use --pool ${LEASES_PER_JOB} or more.`,
  });
}
