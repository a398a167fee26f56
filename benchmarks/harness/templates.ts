import { ensureCopyFiles } from '../data/record-files.ts';
import type { RecordSet } from '../data/record-set.ts';
import { RECORD_TABLES } from '../data/record-tables.ts';
import type { Cluster } from './cluster.ts';
import { type Contender, copyCommand, runPsql, type Tools } from './contenders.ts';
import { freshDatabase, recordTablesSql, shapeOf, withClient } from './database.ts';

/** The databases that runs start from. */
export const BLANK = 'bench_blank';
export const EMPTY = 'bench_empty';
export const EMPTY_WITHOUT_INDEXES = 'bench_empty_plain';
export const FILLED = 'bench_filled';

export async function createBlank(cluster: Cluster): Promise<void> {
  await withClient(cluster, 'postgres', (client) => client.query(`create database ${BLANK} template template0`));
}

/** The keyed and linked tables: empty, empty without indexes on the references, and filled with other rows. */
export async function createRecordTemplates(
  cluster: Cluster,
  tools: Tools,
  data: string,
  others: RecordSet,
  referenceIndexes: boolean,
): Promise<void> {
  await createTables(cluster, EMPTY, referenceIndexes);
  await createTables(cluster, EMPTY_WITHOUT_INDEXES, false);
  await createTables(cluster, FILLED, referenceIndexes);
  const { folder } = await ensureCopyFiles(data, `copy-${others.seed}-${others.total}`, others);
  const commands = RECORD_TABLES.map(({ name }) => copyCommand(name, `${folder}/${name}.copy`));
  await runPsql(tools, cluster, FILLED, [...commands, 'vacuum analyze']);
}

async function createTables(cluster: Cluster, name: string, referenceIndexes: boolean): Promise<void> {
  await freshDatabase(cluster, name, BLANK);
  await withClient(cluster, name, (client) => client.query(recordTablesSql(referenceIndexes)));
}

/** Lets Loadstone make the tables once and reads from the catalogue what keys, references and indexes it gave them. */
export async function shapeMadeBy(cluster: Cluster, contender: Contender): Promise<readonly string[]> {
  await freshDatabase(cluster, 'bench_shape', BLANK);
  await contender.run(cluster, 'bench_shape');
  return shapeOf(cluster, 'bench_shape');
}
