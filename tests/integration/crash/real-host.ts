import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { type LoadSpec, loadSpecSchema } from '#contract/load';
import { findPreset } from '#contract/presets';
import type { Host, HostOptions } from '#host/host-types';
import { openHost } from '#host/job-host';
import { SILENT_LOG } from '#tests/helpers/host-folder';

/** The built worker. */
const WORKER_ENTRY = join(import.meta.dirname, '../../../out/main/worker.js');

/** Finer than a person needs, so that a kill meets the moment it was meant for. */
const PROGRESS_MS = 10;

export function refOf({ host, port, database, user }: ConnectionTarget): ConnectionRef {
  return { kind: 'server', host, port, database, user, ssl: 'disable' };
}

export function loadSpec(folder: string, connection: ConnectionRef, changes: Partial<LoadSpec> = {}): LoadSpec {
  const mapping = findPreset('vn-land-records');
  const parsed = loadSpecSchema.parse({ loadId: randomUUID(), paths: [folder], mapping, connection, workers: 2 });
  return { ...parsed, ...changes };
}

/** A host with real workers. Its ways to the servers are the password of `target` and nothing else. */
export function openRealHost(
  home: string,
  target: ConnectionTarget,
  changes: Partial<HostOptions> = {},
): Promise<Host> {
  return openHost({
    home,
    workerEntry: WORKER_ENTRY,
    log: SILENT_LOG,
    timing: { progressMs: PROGRESS_MS },
    resolveTarget: async (ref) => (ref.kind === 'embedded' ? target : { ...target, ...ref }),
    ...changes,
  });
}
