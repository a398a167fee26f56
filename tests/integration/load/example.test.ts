import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import type { LoadReport } from '#contract/load';
import { vnLandRecords } from '#contract/presets/vn-land-records';
import { type Host, openHost } from '#host/job-host';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, describeEachServer, type TestDatabase } from '#tests/helpers/database';
import { QUICK_TIMING, SILENT_LOG } from '#tests/helpers/host-folder';
import { countLine, type LoadChanges, loadSpec, outcomeOf, rowsOf, runLoad } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const EXAMPLES = join(import.meta.dirname, '../../../examples/land-records');
const TABLES = ['canhan', 'giaychungnhan', 'thuadat', 'hoso'];

/** As examples/land-records/README.md promises. */
const PROMISED = {
  state: 'succeeded_with_rejects',
  files: { found: 29, loaded: 27, unchanged: 0, failed: 2, skipped: 13 },
  tables: {
    canhan: '53 read, 50 inserted, 1 unchanged, 1 skipped, 1 rejected',
    giaychungnhan: '27 read, 26 inserted, 1 unchanged',
    thuadat: '27 read, 26 inserted, 1 rejected',
    hoso: '31 read, 31 inserted',
  },
  rejects: { BAD_VALUE: 1, MISSING_KEY: 1 },
  nulled: 3,
};

function summaryOf({ state, files, tables, rejects, warnings }: LoadReport) {
  const { found, loaded, unchanged, failed, skipped } = files;
  return {
    state,
    files: { found, loaded, unchanged, failed, skipped: skipped.length },
    tables: Object.fromEntries(Object.entries(tables).map(([name, counts]) => [name, countLine(counts)])),
    rejects: rejects.byReason,
    nulled: warnings.find(({ code }) => code === 'REFERENCE_NULLED')?.count,
  };
}

async function contentOf(database: TestDatabase): Promise<Record<string, string[]>> {
  const query = async (sql: string) => await database.query<{ line: string }>(sql);
  return Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await rowsOf(query, table)])));
}

describeEachServer('the example dossiers', (server) => {
  const disposals: (() => unknown)[] = [];

  afterEach(async () => {
    for (const dispose of disposals.splice(0).reverse()) await dispose();
  });

  async function database(): Promise<TestDatabase> {
    const created = await createDatabase(server);
    disposals.push(created.drop, created.expectNoConnections);
    return created;
  }

  test('bring the totals that their README promises, and nothing the second time', async () => {
    const target = await database();
    const { report } = await runLoad(target, EXAMPLES, vnLandRecords);
    const linked = await target.query('select count(*)::int as count from thuadat where vochongid is not null');
    const again = await outcomeOf(target, EXAMPLES, vnLandRecords);
    expect({
      first: summaryOf(report),
      linked,
      again: again.counts,
      rows: Object.values(again.rows).map(({ length }) => length),
    }).toEqual({
      first: PROMISED,
      linked: [{ count: 24 }],
      again: { canhan: 'nothing', giaychungnhan: 'nothing', thuadat: 'nothing', hoso: 'nothing' },
      rows: [50, 26, 26, 31],
    });
  });

  beforeAll(() => {
    builtWorker();
  });

  async function openTheHost(target: ConnectionTarget): Promise<Host> {
    const home = temporaryFolder();
    const host = await openHost({
      home: home.path,
      workerEntry: builtWorker(),
      log: SILENT_LOG,
      resolveTarget: async () => target,
      timing: { ...QUICK_TIMING, readyMs: 30_000, graceMs: 10_000, shutdownMs: 10_000 },
    });
    disposals.push(home.remove, () => host.close());
    return host;
  }

  const specOf = (changes: LoadChanges = {}) =>
    loadSpec(EXAMPLES, vnLandRecords, { workers: 3, batchSize: 5, ...changes });

  test('come out the same through a host with forked workers, and its undo takes them back', async () => {
    const [alone, hosted] = [await database(), await database()];
    await runLoad(alone, EXAMPLES, vnLandRecords);
    const host = await openTheHost(hosted.target);
    const { report, error } = await host.startLoad(specOf()).done;
    const content = await contentOf(hosted);
    const undone = await host.undo(1);
    const after = await contentOf(hosted);
    const conflicts = Object.values(undone.tables).map((table) => table.conflicts);
    expect({ error, report: report && summaryOf(report), content, conflicts, after }).toEqual({
      error: undefined,
      report: PROMISED,
      content: await contentOf(alone),
      conflicts: [0, 0, 0, 0],
      after: { canhan: [], giaychungnhan: [], thuadat: [], hoso: [] },
    });
  });

  test('leave no trace in a dry run through a host', async () => {
    const target = await database();
    const host = await openTheHost(target.target);
    const { report, error } = await host.startLoad(specOf({ dryRun: true })).done;
    const tables = await target.query(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema|loadstone$)'`,
    );
    expect({ error, report: report && summaryOf(report), tables }).toEqual({
      error: undefined,
      report: PROMISED,
      tables: [],
    });
  });
});
