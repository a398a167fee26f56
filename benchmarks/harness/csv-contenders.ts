import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RECEIPT_COLUMNS, RECEIPT_TABLE, type ReceiptFile, receiptTableSql } from '../data/receipts.ts';
import type { Cluster } from './cluster.ts';
import { clientEnvironment, runTimed } from './command.ts';
import { type Contender, runPsql, type Timing, type Tools } from './contenders.ts';

const DUCKDB_PROCESS = fileURLToPath(new URL('../peers/duckdb-copy.ts', import.meta.url));

/** psql and the file as it is: the limit. */
export function psqlCopyCsv(tools: Tools, template: string, { file }: ReceiptFile): Contender {
  return {
    name: 'psql \\copy',
    template,
    run: (cluster, database) =>
      runPsql(tools, cluster, database, [`\\copy ${RECEIPT_TABLE} from '${file}' (format csv, header)`]),
  };
}

export function pgloader(tools: Tools, template: string, { file }: ReceiptFile, work: string): Contender {
  return {
    name: 'pgloader',
    template,
    run: (cluster, database) => {
      const command = join(work, 'receipts.load');
      writeFileSync(command, pgloaderCommand(file, cluster, database));
      const args = ['--root-dir', join(work, 'pgloader'), '--quiet', command];
      return runTimed(tools.pgloader, args, clientEnvironment(cluster, database));
    },
  };
}

function pgloaderCommand(file: string, cluster: Cluster, database: string): string {
  const fields = RECEIPT_COLUMNS.map(({ name }) => `${name} [null if blanks]`).join(', ');
  const columns = RECEIPT_COLUMNS.map(({ name }) => name).join(', ');
  return `LOAD CSV FROM '${file}' WITH ENCODING UTF-8 (${fields})
  INTO postgresql://${cluster.user}@127.0.0.1:${cluster.port}/${database}
  TARGET TABLE ${RECEIPT_TABLE} (${columns})
  WITH skip header = 1, fields optionally enclosed by '"', fields escaped by double-quote, fields terminated by ','
  SET client_encoding TO 'utf8';\n`;
}

/**
 * DuckDB reads the file with the table's types and writes CSV into a pipe, from which psql copies. This is the way there
 * is without DuckDB's postgres extension.
 */
export function duckdbIntoPsql(tools: Tools, template: string, { file }: ReceiptFile, work: string): Contender {
  return {
    name: 'DuckDB | psql \\copy',
    template,
    run: (cluster, database) => {
      const sql = `copy (select * from ${readCsv(file)}) to '/dev/stdout' (format csv, header false);`;
      return copyFromDuckdb(tools, cluster, database, writeSql(work, 'receipts-to-pipe.sql', sql));
    },
  };
}

/** DuckDB into a table of its own with the same types and key, in a file: no server at all. */
export function duckdbAlone(tools: Tools, template: string, { file }: ReceiptFile, work: string): Contender {
  const own = join(work, 'receipts.duckdb');
  return {
    name: 'DuckDB into its own file',
    template,
    run: (_cluster, _database) => {
      rmSync(own, { force: true });
      const sql = `${receiptTableSql()}; insert into ${RECEIPT_TABLE} select * from ${readCsv(file)};`;
      return runTimed(process.execPath, [...duckdbArguments(tools, writeSql(work, 'receipts-own.sql', sql)), own], {});
    },
    async bring(cluster, database) {
      const sql = `copy ${RECEIPT_TABLE} to '/dev/stdout' (format csv, header false);`;
      await copyFromDuckdb(tools, cluster, database, writeSql(work, 'receipts-back.sql', sql), own);
      rmSync(own, { force: true });
    },
  };
}

function readCsv(file: string): string {
  const types = RECEIPT_COLUMNS.map(({ name, type }) => `'${name}': '${type}'`).join(', ');
  return `read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', columns = {${types}})`;
}

function writeSql(work: string, name: string, sql: string): string {
  const path = join(work, name);
  writeFileSync(path, sql);
  return path;
}

function duckdbArguments({ peers }: Tools, sql: string): readonly string[] {
  return [DUCKDB_PROCESS, peers, sql];
}

/** DuckDB opens its standard output by name, which works for a shell's pipe, but for none that Node makes. */
const PIPE = 'set -o pipefail; "$1" "$2" "$3" "$4" "$5" | "$6" -X -q -v ON_ERROR_STOP=1 -c "$7"';

function copyFromDuckdb(
  tools: Tools,
  cluster: Cluster,
  database: string,
  sql: string,
  own = ':memory:',
): Promise<Timing> {
  const copy = `\\copy ${RECEIPT_TABLE} from pstdin (format csv)`;
  const args = [process.execPath, ...duckdbArguments(tools, sql), own, tools.psql, copy];
  return runTimed('bash', ['-c', PIPE, 'pipe', ...args], clientEnvironment(cluster, database));
}

/** Why DuckDB cannot take part, or null. */
export function duckdbTrouble({ peers }: Tools): string | null {
  if (existsSync(join(peers, 'node_modules', '@duckdb', 'node-api'))) return null;
  return `${peers} lacks @duckdb/node-api: npm install --prefix ${peers} @duckdb/node-api`;
}

/** What takes part, with versions. */
export async function peerVersions({ psql, pgloader: command, peers }: Tools): Promise<readonly string[]> {
  const firstLine = async (program: string): Promise<readonly string[]> => {
    const { stdout } = await runTimed(program, ['--version'], {}).catch(() => ({ stdout: '' }));
    return stdout === '' ? [] : [stdout.split('\n')[0]!.replaceAll('"', '')];
  };
  const duckdb = join(peers, 'node_modules', '@duckdb', 'node-api', 'package.json');
  const version = existsSync(duckdb) ? (JSON.parse(readFileSync(duckdb, 'utf8')) as { version: string }).version : null;
  return [
    ...(await firstLine(psql)),
    ...(version === null ? [] : [`DuckDB ${version} (@duckdb/node-api)`]),
    ...(await firstLine(command)),
  ];
}

/** Why pgloader cannot take part, or null. */
export async function pgloaderTrouble({ pgloader: command }: Tools): Promise<string | null> {
  try {
    await runTimed(command, ['--version'], {});
    return null;
  } catch {
    return `${command} is not installed: apt-get install -y pgloader`;
  }
}
