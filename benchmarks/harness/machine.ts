import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Cluster } from './cluster.ts';
import type { Tools } from './contenders.ts';
import { withClient } from './database.ts';

/** What a reader needs to judge numbers; nothing that names a machine. */
export type Machine = Readonly<Record<string, string>>;

export async function describeMachine(cluster: Cluster, tools: Tools): Promise<Machine> {
  const server = await withClient(cluster, 'postgres', async (client) => {
    const { rows } = await client.query<{ version: string; settings: string }>(`
      select current_setting('server_version') as version,
             (select string_agg(name || ' ' || current_setting(name), ', ' order by name) from pg_settings
               where name in ('shared_buffers', 'max_wal_size', 'fsync', 'synchronous_commit', 'wal_level')) as settings`);
    return rows[0]!;
  });
  return {
    cores: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    platform: `${process.platform} ${process.arch}`,
    'load average at the start': loadavg()
      .map((load) => load.toFixed(2))
      .join(' '),
    node: process.version,
    postgresql: `${server.version}; ${server.settings}; over TCP on the same machine, scram-sha-256`,
    psql: versionOf(tools.psql, ['--version']),
    python: versionOf(tools.python, ['-c', PYTHON_VERSIONS]),
  };
}

const PYTHON_VERSIONS =
  'import sys, psycopg2, lxml.etree as e; print("Python", sys.version.split()[0], "psycopg2", psycopg2.__version__.split()[0], "lxml", ".".join(map(str, e.LXML_VERSION[:3])))';

function versionOf(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'not installed';
  }
}
