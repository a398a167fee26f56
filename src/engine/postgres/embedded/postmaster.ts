import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A running server, as its postmaster.pid describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Folder of its unix socket, or '' without one. */
  readonly socketFolder: string;
  readonly status: string;
}

const POLL_MS = 30;

/** What postmaster.pid says, whether or not that server lives. Line numbers are those of PostgreSQL's pidfile.h. */
export async function readPidFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim());
  if (!pid || !/^\d+$/.test(pid) || Number(pid) < 1) return undefined;
  return { pid: Number(pid), port: Number(port ?? 0), socketFolder: socketFolder ?? '', status: status ?? '' };
}

/** The server that runs on the data folder. A pid that another program took over since does not count. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const found = await readPidFile(data);
  if (found === undefined || !(await isAlive(found.pid))) return undefined;
  return (await runsOn(found.pid, data)) ? found : undefined;
}

/** Whether a process exists and has not ended; one that ended but was never waited for (a zombie) has. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}

/** Waits until the process has ended. @returns whether it did in time. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Backends of a server whose postmaster is gone, or an initdb whose caller is. Windows does not tell whose they are. */
export async function findOrphans(data: string): Promise<readonly number[]> {
  if (process.platform === 'win32') return [];
  const pids = process.platform === 'linux' ? await linuxServerPids() : await listedServerPids(data);
  const found = await Promise.all(pids.map(async (pid) => (await isAlive(pid)) && (await runsOn(pid, data))));
  return pids.filter((_, index) => found[index]);
}

/** In the title of every process of a server (setting cluster_name), so that it can be told from other servers' processes. */
export function clusterName(data: string): string {
  return `loadstone-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
}

async function linuxServerPids(): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, 'latin1').catch(() => '')));
  return pids.filter((_, index) => /^(postgres|initdb)$/.test(names[index]?.trim() ?? ''));
}

async function listedServerPids(data: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,command=']).catch(() => ({ stdout: '' }));
  return stdout
    .split('\n')
    .filter((line) => isCommandOn(line, data))
    .map((line) => Number.parseInt(line, 10));
}

/** Every process of a server has its data folder as working directory. */
async function runsOn(pid: number, data: string): Promise<boolean> {
  // Windows forbids to look; PostgreSQL itself then refuses a second server on the folder.
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (folder !== undefined) return folder === (await realpath(data).catch(() => undefined));
    // Root in a container may not look at the folders of other accounts' processes, but at their command lines.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    // Hidden altogether: rather wait for a stranger than start beside a server.
    if (command === undefined) return true;
    return isCommandOn(command.replaceAll('\0', ' '), data);
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return isCommandOn(stdout, data);
}

function isCommandOn(command: string, data: string): boolean {
  return (
    command.includes(`postgres: ${clusterName(data)}: `) ||
    (/(postgres|initdb) /.test(command) && command.includes(` -D ${data} `))
  );
}
