import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Binaries, program } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { embeddedFailed } from './failure.ts';
import { findOrphans, isAlive, type Postmaster, waitForEnd } from './postmaster.ts';
import { removeSocketFolder } from './socket-folder.ts';

/** A fast stop ends all sessions and writes a checkpoint: at most max_wal_size of dirty pages. */
const FAST_STOP_MS = 120_000;
/** An immediate stop writes nothing; the next start recovers. */
const IMMEDIATE_STOP_MS = 15_000;
const POLL_MS = 30;

/** Stops the server: at first fast, then, when that takes too long, immediately. Call it under the cluster's lock. */
export async function stopServer(
  cluster: Cluster,
  postmaster: Postmaster,
  binaries: Binaries | undefined,
): Promise<void> {
  await ask(cluster, postmaster.pid, 'SIGINT', binaries);
  if (!(await waitForEnd(postmaster.pid, FAST_STOP_MS))) {
    await ask(cluster, postmaster.pid, 'SIGQUIT', binaries);
    if (!(await waitForEnd(postmaster.pid, IMMEDIATE_STOP_MS))) throw stuck(cluster, postmaster.pid);
  }
  await removeSocketFolder(postmaster.socketFolder);
}

function stuck(cluster: Cluster, pid: number): Error {
  return embeddedFailed(
    `The embedded PostgreSQL (process ${pid}) did not stop within ${(FAST_STOP_MS + IMMEDIATE_STOP_MS) / 1_000} s.`,
    `See ${cluster.logFile}; end the process by hand: kill -QUIT ${pid}.`,
  );
}

/** Ends what a killed postmaster left running on the data folder: no new server may start beside it. */
export async function endOrphans(data: string): Promise<void> {
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    const orphans = await findOrphans(data);
    for (const pid of orphans) kill(pid, signal);
    const deadline = Date.now() + IMMEDIATE_STOP_MS / 3;
    while (Date.now() < deadline && (await someAlive(orphans))) await sleep(POLL_MS);
  }
}

async function someAlive(pids: readonly number[]): Promise<boolean> {
  return (await Promise.all(pids.map(isAlive))).some(Boolean);
}

/** SIGINT asks PostgreSQL for a fast stop, SIGQUIT for an immediate one; Windows has no signals, pg_ctl knows how. */
async function ask(
  cluster: Cluster,
  pid: number,
  signal: 'SIGINT' | 'SIGQUIT',
  binaries: Binaries | undefined,
): Promise<void> {
  if (process.platform !== 'win32' || binaries === undefined) {
    kill(pid, signal);
    return;
  }
  const mode = signal === 'SIGINT' ? 'fast' : 'immediate';
  const args = ['stop', '-W', '-D', cluster.data, '-m', mode];
  await promisify(execFile)(program(binaries, 'pg_ctl'), args, { windowsHide: true }).catch(() => undefined);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has just ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
