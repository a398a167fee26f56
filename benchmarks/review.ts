import { ensureReceipts, RECEIPT_COLUMNS, RECEIPT_TABLE, type ReceiptFile, receiptTableSql } from './data/receipts.ts';
import type { Cluster } from './harness/cluster.ts';
import { loadstoneArguments, runTimed } from './harness/command.ts';
import { runPsql, type Tools } from './harness/contenders.ts';
import { freshDatabase, withClient } from './harness/database.ts';
import { watchDescendants } from './harness/memory-watch.ts';
import { pageTimes } from './harness/review-pages.ts';
import type { CheckRun, ReviewContender } from './harness/review-result.ts';
import { turned } from './harness/rounds.ts';
import { measure } from './harness/session.ts';
import { BLANK } from './harness/templates.ts';

/**
 * A file of a million rows against a table that has them all, one in ten with other values: how long until one knows,
 * and how long until the first conflicts are seen. `node benchmarks/review.ts [--quick] [--help]`.
 */
const FILLED = 'bench_review_filled';
const DATABASE = 'bench_review';
const WAITING_FOR_REVIEW = 4;
const LIMIT_MEGABYTES = 300;

await measure('review', async ({ cluster, options }) => {
  const set = await ensureReceipts(options.data, options.reviewRows);
  await createFilled(cluster, options.tools, set);
  const conflicts = Math.floor(set.rows / 10);
  const contenders: readonly ReviewContender[] = [
    checkByLoadstone(options.tools, set),
    compareBySql(options.tools, set),
  ];
  const runs = new Map<string, CheckRun[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { name, run } of turned(contenders, round)) {
      await freshDatabase(cluster, DATABASE, FILLED);
      const result = await run(cluster, DATABASE);
      if (result.conflicts !== conflicts)
        throw new Error(`${name} found ${result.conflicts} conflicts, not ${conflicts}.`);
      runs.get(name)?.push(result);
      process.stderr.write(`round ${round + 1}/${options.rounds} · ${name}: ${result.seconds.toFixed(2)} s\n`);
    }
  }
  if (mostMegabytes(runs) > LIMIT_MEGABYTES) process.exitCode = 1;
  const { run: check } = checkByLoadstone(options.tools, set);
  const pages = await pageTimes(cluster, FILLED, set, async (database) => void (await check(cluster, database)));
  return { limitMegabytes: LIMIT_MEGABYTES, rows: set.rows, conflicts, rounds: options.rounds, runs: [...runs], pages };
});

function mostMegabytes(runs: ReadonlyMap<string, readonly CheckRun[]>): number {
  const processes = [...runs.values()].flat().flatMap((run) => run.processes);
  const workers = processes.filter(({ role }) => role === 'worker');
  return Math.max(0, ...workers.map(({ maxMegabytes }) => maxMegabytes));
}

async function createFilled(cluster: Cluster, tools: Tools, { file }: ReceiptFile): Promise<void> {
  await freshDatabase(cluster, FILLED, BLANK);
  await withClient(cluster, FILLED, (client) => client.query(receiptTableSql()));
  const changed = `update ${RECEIPT_TABLE} set dia_chi = dia_chi || ' (cũ)', so_ky = so_ky + 1 where id % 10 = 0`;
  const copy = `\\copy ${RECEIPT_TABLE} from '${file}' (format csv, header)`;
  await runPsql(tools, cluster, FILLED, [copy, changed, 'vacuum analyze']);
}

function checkByLoadstone(tools: Tools, { file, mapping }: ReceiptFile): ReviewContender {
  return {
    name: 'loadstone load --review',
    async run(cluster, database) {
      const env = { PGPASSWORD: cluster.password, LOADSTONE_HOME: tools.home };
      const args = [...loadstoneArguments(tools.loadstone, cluster, database, file, mapping), '--review'];
      const watch = watchDescendants(process.pid);
      const { seconds, stdout } = await runTimed(process.execPath, args, env, WAITING_FOR_REVIEW);
      const { review } = JSON.parse(stdout) as { review: { tables: Record<string, { changed: number }> } };
      return { seconds, conflicts: review.tables[RECEIPT_TABLE]?.changed ?? 0, processes: watch.stop() };
    },
  };
}

/** What somebody who knows SQL does: the file into a table beside, and one join that keeps both versions. */
function compareBySql(tools: Tools, { file }: ReceiptFile): ReviewContender {
  const names = RECEIPT_COLUMNS.map(({ name }) => name);
  const values = names.slice(1);
  const differs = values.map((name) => `s.${name} is distinct from t.${name}`).join(' or ');
  const both = values.map((name) => `s.${name} as new_${name}, t.${name} as old_${name}`).join(', ');
  const commands = [
    `create unlogged table staged (like ${RECEIPT_TABLE})`,
    `\\copy staged from '${file}' (format csv, header)`,
    'analyze staged',
    `create table differing as select s.id, ${both} from staged s join ${RECEIPT_TABLE} t using (id) where ${differs}`,
  ];
  return {
    name: 'psql: \\copy and one join',
    async run(cluster, database) {
      const { seconds } = await runPsql(tools, cluster, database, commands);
      const conflicts = await withClient(cluster, database, async (client) => {
        const { rows } = await client.query<{ count: number }>('select count(*)::int as count from differing');
        return rows[0]?.count ?? 0;
      });
      return { seconds, conflicts, processes: [] };
    },
  };
}
