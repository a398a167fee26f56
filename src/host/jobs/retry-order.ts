import type { LoadRequest } from '#contract/api/job-views';
import type { RejectedLoad } from '#contract/worker-messages';
import { noRejects } from './job-errors.ts';
import type { JobRecord } from './job-record.ts';

type LoadRecord = Extract<JobRecord, { readonly kind: 'load' }>;

/** @throws LoadstoneError JOB_STATE for a job that reads no rows. */
export function loadRecord(record: JobRecord): LoadRecord {
  if (record.kind === 'load') return record;
  throw noRejects(record.number);
}

/** A job's load as far as its rejects are concerned: those of a retry stand under the load that it retried. */
export function rejectedLoad({ loadId, spec }: LoadRecord): RejectedLoad {
  const { retry, paths, mapping, schema, onConflict } = spec;
  return { loadId: retry?.loadId ?? loadId, paths, mapping, schema, onConflict };
}

/** How the open rejects of a job are loaded: as the job was, from the same files; what stopped or cut it is left out. */
export function retryOrder(record: LoadRecord): LoadRequest {
  const { connection, batchSize, resolutions } = record.spec;
  const { loadId, schema, onConflict, ...load } = rejectedLoad(record);
  return {
    ...{ ...load, connection, batchSize, retry: { loadId } },
    ...{ onError: 'row', dryRun: false, skipLoaded: true },
    ...(schema !== undefined && { schema }),
    ...(onConflict !== undefined && { onConflict }),
    ...(resolutions !== undefined && { resolutions }),
  };
}
