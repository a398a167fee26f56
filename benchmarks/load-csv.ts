import { mkdirSync } from 'node:fs';
import { ensureReceipts, RECEIPT_COLUMNS, RECEIPT_TABLE, receiptTableSql } from './data/receipts.ts';
import { loadstone, loadstoneTrouble } from './harness/contenders.ts';
import {
  duckdbAlone,
  duckdbIntoPsql,
  duckdbTrouble,
  peerVersions,
  pgloader,
  pgloaderTrouble,
  psqlCopyCsv,
} from './harness/csv-contenders.ts';
import { freshDatabase, withClient } from './harness/database.ts';
import { runRace } from './harness/rounds.ts';
import { measure } from './harness/session.ts';
import { BLANK } from './harness/templates.ts';

/** One CSV file into one keyed table, side by side: `node benchmarks/load-csv.ts [--quick] [--help]`. */
const EMPTY_RECEIPTS = 'bench_receipts';

await measure('load-csv', async ({ cluster, options }) => {
  const { tools, data } = options;
  const set = await ensureReceipts(data, options.csvRows);
  await freshDatabase(cluster, EMPTY_RECEIPTS, BLANK);
  await withClient(cluster, EMPTY_RECEIPTS, (client) => client.query(receiptTableSql()));
  const own = options.withoutLoadstone ? 'left out on request' : await loadstoneTrouble(tools);
  const missing = { loadstone: own, duckdb: duckdbTrouble(tools), pgloader: await pgloaderTrouble(tools) };
  for (const [who, why] of Object.entries(missing)) {
    if (why !== null) process.stderr.write(`${who} does not take part: ${why}\n`);
  }
  mkdirSync(tools.work, { recursive: true });
  const race = await runRace(cluster, {
    name: 'one CSV file',
    contenders: [
      ...(missing.loadstone === null
        ? [
            loadstone(tools, EMPTY_RECEIPTS, set.file, set.mapping),
            { ...loadstone(tools, BLANK, set.file, set.mapping), name: 'loadstone, makes the table' },
          ]
        : []),
      psqlCopyCsv(tools, EMPTY_RECEIPTS, set),
      ...(missing.duckdb === null
        ? [duckdbIntoPsql(tools, EMPTY_RECEIPTS, set, tools.work), duckdbAlone(tools, EMPTY_RECEIPTS, set, tools.work)]
        : []),
      ...(missing.pgloader === null ? [pgloader(tools, EMPTY_RECEIPTS, set, tools.work)] : []),
    ],
    added: { [RECEIPT_TABLE]: set.rows },
    before: {},
    columns: { [RECEIPT_TABLE]: RECEIPT_COLUMNS.map(({ name }) => name) },
    files: 1,
    rounds: options.rounds,
  });
  return { missing, bytes: set.bytes, columns: RECEIPT_COLUMNS.length, peers: await peerVersions(tools), race };
});
