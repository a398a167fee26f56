import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient } from '#engine/postgres/client';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** nobody, on every Linux that has /usr/lib/postgresql. */
const UNPRIVILEGED = { uid: 65_534, gid: 65_534 };
const PASSWORD = 'debian';

export interface DebianServer {
  readonly version: number;
  readonly target: ConnectionTarget;
  readonly data: string;
  stop(): Promise<void>;
}

export interface DebianServerOptions {
  /** Further `name=value` settings. */
  readonly settings?: readonly string[];
  /** Of the socket's name and of TCP. */
  readonly port?: number;
  /** Where its folder is made; that of temporary files unless said. */
  readonly parent?: string;
  /** Replaces pg_hba.conf. */
  readonly hba?: string;
  /** Called with the empty data folder's future owner, to place files such as certificates. */
  readonly prepare?: (data: string, own: (path: string) => void) => void;
}

/** The newest PostgreSQL ≥ 15 that Debian's packages installed, or undefined. */
export function debianBinaries(): { readonly version: number; readonly folder: string } | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root)
    .map(Number)
    .filter((version) => version >= 15 && existsSync(join(root, String(version), 'bin', 'postgres')));
  const version = Math.max(...versions);
  return versions.length === 0 ? undefined : { version, folder: join(root, String(version), 'bin') };
}

/** A throw-away server on a unix socket and, with `listen_addresses` in the settings, on TCP. */
export async function startDebianServer(options: DebianServerOptions = {}): Promise<DebianServer> {
  const binaries = debianBinaries();
  if (binaries === undefined) throw new Error('no PostgreSQL from Debian here');
  const folder = temporaryFolder(undefined, options.parent);
  const account = process.getuid?.() === 0 ? UNPRIVILEGED : undefined;
  const own = (path: string): void => {
    if (account !== undefined) chownSync(path, account.uid, account.gid);
  };
  const data = join(folder.path, 'data');
  mkdirSync(data);
  chmodSync(data, 0o700);
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, PASSWORD);
  for (const path of [data, passwordFile]) own(path);
  execFileSync(
    join(binaries.folder, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'tester',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...account, cwd: data, stdio: 'pipe' },
  );
  if (options.hba !== undefined) writeFileSync(join(data, 'pg_hba.conf'), options.hba);
  options.prepare?.(data, own);
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${data}`,
    'fsync=off',
    `port=${options.port ?? 5432}`,
    ...(options.settings ?? []),
  ];
  const child = spawn(
    join(binaries.folder, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...account,
      cwd: data,
      stdio: 'ignore',
    },
  );
  const target: ConnectionTarget = {
    host: data,
    port: options.port ?? 5432,
    database: 'postgres',
    user: 'tester',
    password: PASSWORD,
    ssl: 'prefer',
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
    folder.remove();
  };
  await waitForServer(target, child, stop);
  return { version: binaries.version, target, data, stop };
}

async function waitForServer(target: ConnectionTarget, child: ChildProcess, stop: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await closeClient(await openClient(target, { applicationName: 'waiting' }));
      return;
    } catch (error) {
      if (attempt < 200 && child.exitCode === null) {
        await sleep(50);
        continue;
      }
      await stop();
      throw error;
    }
  }
}
