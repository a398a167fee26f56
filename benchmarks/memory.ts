import { ensureReceiptBytes, RECEIPT_COLUMNS, RECEIPT_TABLE } from './data/receipts.ts';
import { ensureRecordFiles, type RecordFiles, recordsForBytes } from './data/record-files.ts';
import type { Cluster } from './harness/cluster.ts';
import { loadstone } from './harness/contenders.ts';
import { contentsOf, freshDatabase, RECORD_COLUMNS } from './harness/database.ts';
import type { MemoryResult } from './harness/memory-result.ts';
import { watchDescendants } from './harness/memory-watch.ts';
import type { Options } from './harness/options.ts';
import { measure } from './harness/session.ts';
import { BLANK } from './harness/templates.ts';

/** Resident memory of every process of a load: `node benchmarks/memory.ts [--quick] [--help]`. */
const LIMIT_MEGABYTES = 300;
const SEED = 3;
const DATABASE = 'bench_memory';

await measure('memory', async ({ cluster, options, wanted }) => {
  const tests: MemoryResult[] = [];
  if (wanted('big'))
    tests.push(await watchLoad(cluster, options, `one file of ${options.bigFileMegabytes} MB`, await bigFile(options)));
  if (wanted('small'))
    tests.push(await watchLoad(cluster, options, `${options.smallFiles} small files`, await smallFiles(options)));
  if (wanted('csv')) {
    const name = `one CSV file of ${options.bigCsvMegabytes} MB`;
    tests.push(await watchLoad(cluster, options, name, await bigCsv(options)));
  }
  if (!tests.every(holds)) process.exitCode = 1;
  return { limitMegabytes: LIMIT_MEGABYTES, tests };
});

/** A load whose workers were not seen proves nothing. */
function holds({ processes }: MemoryResult): boolean {
  const workers = processes.filter(({ role }) => role === 'worker');
  return workers.length > 0 && workers.every(({ maxMegabytes, flat }) => maxMegabytes <= LIMIT_MEGABYTES && flat);
}

/** What is loaded, and what must be there afterwards. */
interface Loaded {
  readonly path: string;
  readonly mapping: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

async function bigCsv({ data, bigCsvMegabytes }: Options): Promise<Loaded> {
  const { file, mapping, rows } = await ensureReceiptBytes(data, bigCsvMegabytes * 1_000_000);
  const columns = { [RECEIPT_TABLE]: RECEIPT_COLUMNS.map(({ name }) => name) };
  return { path: file, mapping, rows: { [RECEIPT_TABLE]: rows }, columns };
}

async function bigFile({ data, bigFileMegabytes }: Options): Promise<Loaded> {
  const total = recordsForBytes(bigFileMegabytes * 1_000_000);
  return records(await ensureRecordFiles(data, `big-${bigFileMegabytes}`, { seed: SEED, total }, 1));
}

/** Two records a file, as small as dossiers. */
async function smallFiles({ data, smallFiles: files }: Options): Promise<Loaded> {
  const total = Math.ceil((files * 2) / 10) * 10;
  return records(await ensureRecordFiles(data, `small-${files}`, { seed: SEED, total }, files));
}

function records({ folder, mapping, rows }: RecordFiles): Loaded {
  return { path: folder, mapping, rows, columns: RECORD_COLUMNS };
}

async function watchLoad(cluster: Cluster, options: Options, name: string, set: Loaded): Promise<MemoryResult> {
  await freshDatabase(cluster, DATABASE, BLANK);
  const watch = watchDescendants(process.pid);
  const { seconds } = await loadstone(options.tools, BLANK, set.path, set.mapping).run(cluster, DATABASE);
  const processes = watch.stop();
  const contents = await contentsOf(cluster, DATABASE, set.columns);
  for (const [table, expected] of Object.entries(set.rows)) {
    const found = contents[table]?.rows;
    if (found !== expected) throw new Error(`${name}: ${found} rows in ${table}, not ${expected}.`);
  }
  const rows = Object.values(set.rows).reduce((total, count) => total + count, 0);
  return { name, seconds, rows, processes };
}
