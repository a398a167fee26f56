import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RECORD_TABLES } from '../data/record-tables.ts';
import type { Cluster } from './cluster.ts';
import { clientEnvironment, loadstoneArguments, runTimed } from './command.ts';

export interface Timing {
  /** The whole run, start-up of the program included. */
  readonly seconds: number;
  /** What the program itself says it took. */
  readonly reported?: number;
}

export interface Contender {
  readonly name: string;
  /** The database it starts from. */
  readonly template: string;
  run(cluster: Cluster, database: string): Promise<Timing>;
  /** Not timed: brings what it left elsewhere into the database, to be compared. */
  bring?(cluster: Cluster, database: string): Promise<void>;
}

export interface Tools {
  /** The entry of the command line. */
  readonly loadstone: string;
  readonly psql: string;
  readonly python: string;
  readonly pgloader: string;
  /** Where npm installed the peers that are no dependencies of this project. */
  readonly peers: string;
  /** Where Loadstone keeps its ledger during the benchmark. */
  readonly home: string;
  /** Where the others' commands and working files lie. */
  readonly work: string;
}

const python = (name: string): string => fileURLToPath(new URL(`../python/${name}`, import.meta.url));

export function loadstone(tools: Tools, template: string, folder: string, mapping: string): Contender {
  return {
    name: 'loadstone',
    template,
    async run(cluster, database) {
      const env = { PGPASSWORD: cluster.password, LOADSTONE_HOME: tools.home };
      const args = loadstoneArguments(tools.loadstone, cluster, database, folder, mapping);
      const { seconds, stdout } = await runTimed(process.execPath, args, env);
      const report = JSON.parse(stdout) as { seconds: number };
      return { seconds, reported: report.seconds };
    },
  };
}

export function script(tools: Tools, folder: string, threads: number): Contender {
  return {
    name: `script, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    template: 'bench_blank',
    run: (cluster, database) =>
      runTimed(
        tools.python,
        [python('extract_xml_to_db.py'), '--threads', String(threads), folder],
        clientEnvironment(cluster, database),
      ),
  };
}

export function lxmlLoader(
  tools: Tools,
  template: string,
  folder: string,
  mapping: string,
  threads: number,
): Contender {
  return {
    name: `lxml and execute_values, ${threads} threads`,
    template,
    run: (cluster, database) =>
      runTimed(
        tools.python,
        [python('lxml_loader.py'), '--threads', String(threads), mapping, folder],
        clientEnvironment(cluster, database),
      ),
  };
}

/** The limit: one psql and the ready files, parents first. */
export function psqlCopy(
  tools: Tools,
  template: string,
  copyFolder: string,
  name = 'psql \\copy, 1 connection',
): Contender {
  return {
    name,
    template,
    run: (cluster, database) => {
      const commands = RECORD_TABLES.map((table) => copyCommand(table.name, join(copyFolder, `${table.name}.copy`)));
      return runPsql(tools, cluster, database, commands);
    },
  };
}

/** Two psql at a time, each with half of a table; the next table waits for both halves, because it refers to them. */
export function psqlCopyTwice(tools: Tools, template: string, copyFolder: string): Contender {
  return {
    name: 'psql \\copy, 2 connections',
    template,
    async run(cluster, database) {
      const start = process.hrtime.bigint();
      for (const table of RECORD_TABLES) {
        const half = (number: number): Promise<Timing> =>
          runPsql(tools, cluster, database, [
            copyCommand(table.name, join(copyFolder, `${table.name}.${number}.copy`)),
          ]);
        await Promise.all([half(1), half(2)]);
      }
      return { seconds: Number(process.hrtime.bigint() - start) / 1e9 };
    },
  };
}

export function copyCommand(table: string, file: string): string {
  const columns = RECORD_TABLES.find(({ name }) => name === table)!.columns.map(({ name }) => name);
  return `\\copy ${table} (${columns.join(', ')}) from '${file}'`;
}

export function runPsql(
  tools: Tools,
  cluster: Cluster,
  database: string,
  commands: readonly string[],
): Promise<Timing> {
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((command) => ['-c', command])];
  return runTimed(tools.psql, args, clientEnvironment(cluster, database));
}

/** Why Loadstone cannot take part, or null. */
export async function loadstoneTrouble(tools: Tools): Promise<string | null> {
  try {
    await runTimed(process.execPath, [tools.loadstone, 'load', '--help'], {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Why the Python peers cannot take part, or null. */
export async function pythonTrouble(tools: Tools): Promise<string | null> {
  try {
    await runTimed(tools.python, ['-c', 'import psycopg2, lxml.etree'], {});
    return null;
  } catch {
    return `${tools.python} lacks psycopg2 or lxml: apt-get install -y python3-psycopg2 python3-lxml`;
  }
}
