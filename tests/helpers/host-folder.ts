import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { type LoadReport, type LoadSpec, loadSpecSchema } from '#contract/load';
import type { TablesSpec } from '#contract/tables-plan';
import type { Host, HostOptions } from '#host/host-types';
import { openHost } from '#host/job-host';
import type { HostTiming } from '#host/timing';
import type { Behaviour } from '#tests/helpers/worker-double';

/** Short but real: every ladder step of a test takes less than a second or two. */
export const QUICK_TIMING: HostTiming = {
  readyMs: 10_000,
  pingEveryMs: 100,
  silentMs: 5_000,
  graceMs: 400,
  sweepMs: 10_000,
  shutdownMs: 2_000,
  leaseMs: 10_000,
  orphanMs: 300,
  backoffMs: 20,
  progressMs: 100,
  cancelPollMs: 50,
};

export const SILENT_LOG = pino({ level: 'silent' });

const SERVER: ConnectionRef = {
  kind: 'server',
  host: 'db.test',
  port: 5432,
  database: 'd',
  user: 'u',
  ssl: 'disable',
};

export async function resolveTestTarget(connection: ConnectionRef): Promise<ConnectionTarget> {
  if (connection.kind === 'embedded') throw new Error('not in these tests');
  const { host, port, database, user } = connection;
  return { host, port, database, user, ssl: 'disable', password: 'never-in-a-log' };
}

/** Writes an entry file whose worker behaves as told; its records lie in `folder`. */
export function doubleEntry(folder: string, behaviour: Behaviour): string {
  mkdirSync(folder, { recursive: true });
  const double = pathToFileURL(join(import.meta.dirname, 'worker-double.ts')).href;
  const entry = join(folder, `entry-${randomUUID()}.mjs`);
  const args = JSON.stringify([folder, JSON.stringify(behaviour)]);
  writeFileSync(entry, `process.argv.push(...${args});\nawait import(${JSON.stringify(double)});\n`);
  return entry;
}

/** The lines the doubles of a folder wrote: `chunks.log`, `staged.log`, `ended.log`, `prepared.log`. */
export function linesOf(folder: string, file: string): readonly string[] {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}

export function testSpec(folder: string, changes: Partial<LoadSpec> = {}): LoadSpec {
  const parsed = loadSpecSchema.parse({
    loadId: randomUUID(),
    paths: [folder],
    mapping: {
      version: 1,
      name: 'test',
      source: { format: 'xml' },
      tables: [{ name: 't', columns: [{ name: 'a', type: 'text', path: 'a' }] }],
    },
    connection: SERVER,
    workers: 2,
  });
  return { ...parsed, ...changes };
}

export function testTablesSpec(changes: Partial<TablesSpec> = {}): TablesSpec {
  const { mapping, connection } = testSpec('/');
  return { tablesId: randomUUID(), mapping, connection, policy: 'evolve', ...changes };
}

/** What a load of two files says of itself. */
export function testReport(changes: Partial<LoadReport> = {}): LoadReport {
  return {
    job: '1',
    state: 'succeeded',
    files: { found: 2, loaded: 2, unchanged: 0, failed: 0, skipped: [], skippedCount: 0, failures: [] },
    tables: { t: { read: 10, inserted: 8, updated: 1, unchanged: 0, skipped: 0, rejected: 1 } },
    rejects: { total: 1, byReason: { BAD_VALUE: 1 }, sample: [] },
    conflicts: { insideLoad: 0, sample: [] },
    warnings: [],
    bytes: 100,
    seconds: 1,
    ...changes,
  };
}

export function openTestHost(folder: string, behaviour: Behaviour, changes: Partial<HostOptions> = {}): Promise<Host> {
  return openHost({
    home: join(folder, 'home'),
    workerEntry: doubleEntry(folder, behaviour),
    log: SILENT_LOG,
    resolveTarget: resolveTestTarget,
    timing: QUICK_TIMING,
    ...changes,
  });
}
