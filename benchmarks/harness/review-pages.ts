import type { ConflictRequest } from '#contract/api/reviews';
import { DirectSession, reviewPage } from '#engine/door';
import { RECEIPT_TABLE, type ReceiptFile } from '../data/receipts.ts';
import type { Cluster } from './cluster.ts';
import { freshDatabase, withClient } from './database.ts';
import type { PageTimes } from './review-result.ts';
import { summarise } from './statistics.ts';

const DATABASE = 'bench_review_pages';
const SHOWN = 50;
const REPEATS = 10;

/** How many rows of the filled table differ from the file, and what makes it so. */
interface Scene {
  readonly conflicts: number;
  readonly sql: string;
}

/** @param check stages and checks the file in a database, which then waits for review. */
export async function pageTimes(
  cluster: Cluster,
  filled: string,
  { rows }: ReceiptFile,
  check: (database: string) => Promise<void>,
): Promise<readonly PageTimes[]> {
  const scenes: readonly Scene[] = [
    {
      conflicts: 10,
      sql: `update ${RECEIPT_TABLE} set dia_chi = replace(dia_chi, ' (cũ)', ''), so_ky = so_ky - 1 where id % 10 = 0 and id > 100`,
    },
    { conflicts: Math.floor(rows / 10), sql: '' },
    { conflicts: rows, sql: `update ${RECEIPT_TABLE} set so_ky = so_ky + 1 where id % 10 <> 0` },
  ];
  const times: PageTimes[] = [];
  for (const { conflicts, sql } of scenes) {
    await freshDatabase(cluster, DATABASE, filled);
    await withClient(cluster, DATABASE, async (client) => {
      if (sql !== '') await client.query(sql);
      await client.query('vacuum analyze');
    });
    await check(DATABASE);
    times.push(await timePages(cluster, conflicts));
    process.stderr.write(`pages of ${conflicts} conflicts\n`);
  }
  return times;
}

async function timePages(cluster: Cluster, conflicts: number): Promise<PageTimes> {
  const loadId = await waitingLoad(cluster);
  const { port, user, password } = cluster;
  const session = new DirectSession({ host: '127.0.0.1', port, user, password, database: DATABASE, ssl: 'disable' });
  const { signal } = new AbortController();
  const request: ConflictRequest = { loadId, table: RECEIPT_TABLE, filter: {}, after: 0, limit: SHOWN };
  const time = async (change: Partial<ConflictRequest>): Promise<number> => {
    const taken: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const start = performance.now();
      const { conflicts: shown } = await reviewPage(session, { ...request, ...change }, { signal });
      taken.push(performance.now() - start);
      if (shown.length === 0) throw new Error(`no conflicts came of ${JSON.stringify(change)}`);
    }
    return summarise(taken).median;
  };
  try {
    return {
      conflicts,
      first: await time({}),
      middle: await time({ after: Math.floor(conflicts / 2) }),
      filtered: await time({ filter: { where: [{ column: 'so_ky', is: 'older' }] } }),
    };
  } finally {
    await session.close();
  }
}

async function waitingLoad(cluster: Cluster): Promise<string> {
  return withClient(cluster, DATABASE, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select substr(nspname, length('loadstone_load_') + 1)::uuid::text as id from pg_namespace where nspname like 'loadstone\\_load\\_%'`,
    );
    return rows[0]?.id ?? '';
  });
}
