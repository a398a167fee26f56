import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, program } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { embeddedFailed } from './failure.ts';
import { serverEnvironment } from './initialise.ts';
import { findPostmaster, isAlive, type Postmaster, readPidFile } from './postmaster.ts';
import { give } from './server-account.ts';
import { boundLog, lastLines, logSize } from './server-log.ts';
import { serverSettings } from './settings.ts';
import { prepareListener, removeSocketFolder } from './socket-folder.ts';
import { endOrphans } from './stop-server.ts';

const POLL_MS = 25;
/** Recovery of max_wal_size of WAL from a slow disk takes minutes. */
const READY_TIMEOUT_MS = 600_000;
/** Backends of a killed server notice within a second, unless they are busy in one statement. */
const LEFTOVER_TIMEOUT_MS = 30_000;
const LEFTOVER_PAUSE_MS = 500;
const LEFTOVER = /pre-existing shared memory block|is still in use/;
/**
 * A backend that loses its postmaster rolls back and removes the files of unlogged tables it had just created, but nobody
 * writes that to the log any more: recovery creates their templates again and finds the remains of the tables in its way.
 * It gives up once; the next start sees the templates beforehand and clears the remains away.
 */
const ROLLED_BACK_UNSEEN = /could not create file "[^"]+": File exists/;

/** Starts the server in a session of its own, so that it outlives us and our terminal's Ctrl-C. Call it under the lock. */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  signal: AbortSignal | undefined,
): Promise<Postmaster> {
  await clearLeftovers(cluster);
  const deadline = Date.now() + LEFTOVER_TIMEOUT_MS;
  for (;;) {
    const before = logSize(cluster.logFile);
    const started = await startOnce(cluster, binaries, signal);
    if (started !== undefined) return started;
    const lines = lastLines(cluster.logFile, before);
    const mayPass = LEFTOVER.test(lines) || ROLLED_BACK_UNSEEN.test(lines);
    if (!mayPass || Date.now() >= deadline) {
      throw embeddedFailed(
        `The embedded PostgreSQL did not start. ${lines}`,
        `Correct what the log names (${cluster.logFile}), or set LOADSTONE_HOME to another folder.`,
      );
    }
    await sleep(LEFTOVER_PAUSE_MS);
  }
}

/** Waits until a server that is starting, recovering or stopping has settled. @returns undefined when it ended. */
export async function settle(cluster: Cluster, signal: AbortSignal | undefined): Promise<Postmaster | undefined> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    const found = await findPostmaster(cluster.data);
    if (found === undefined || found.status === 'ready') return found;
    await sleep(POLL_MS);
  }
  throw embeddedFailed(
    `The embedded PostgreSQL has not been ready for ${READY_TIMEOUT_MS / 60_000} minutes.`,
    `See ${cluster.logFile}; stop it with loadstone db stop, then try again.`,
  );
}

/** What a crash left: orphaned backends, a pid file whose number another program has now, a socket folder below /tmp. */
async function clearLeftovers(cluster: Cluster): Promise<void> {
  await endOrphans(cluster.data);
  const stale = await readPidFile(cluster.data);
  if (stale === undefined) return;
  await removeSocketFolder(stale.socketFolder);
  // PostgreSQL clears a stale file by itself, except when a process or zombie has its number: it cannot know that it is not a server.
  if (await isTaken(stale.pid)) await rm(join(cluster.data, 'postmaster.pid'), { force: true });
}

async function isTaken(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return await isAlive(pid);
  }
}

async function startOnce(
  cluster: Cluster,
  binaries: Binaries,
  signal: AbortSignal | undefined,
): Promise<Postmaster | undefined> {
  const { settings } = await prepareListener(cluster);
  const assignments = Object.entries({ ...serverSettings(cluster.data), ...settings }).map(
    ([name, value]) => `${name}=${value}`,
  );
  boundLog(cluster.logFile);
  const log = openSync(cluster.logFile, 'a', 0o600);
  await give(cluster.logFile, cluster.owner);
  let child: ChildProcess;
  try {
    child =
      process.platform === 'win32'
        ? startByControl(cluster, binaries, assignments)
        : spawnServer(cluster, binaries, assignments, log);
  } finally {
    closeSync(log);
  }
  return await waitUntilReady(cluster, child, signal);
}

function spawnServer(cluster: Cluster, binaries: Binaries, assignments: readonly string[], log: number): ChildProcess {
  const args = ['-D', cluster.data, ...assignments.flatMap((assignment) => ['-c', assignment])];
  const child = spawn(program(binaries, 'postgres'), args, {
    ...cluster.account,
    cwd: cluster.data,
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
  });
  child.unref();
  return child;
}

/** On Windows pg_ctl drops administrator rights, which the server refuses, and leaves our job object. */
function startByControl(cluster: Cluster, binaries: Binaries, assignments: readonly string[]): ChildProcess {
  const options = assignments.map((assignment) => `-c "${assignment}"`).join(' ');
  const args = ['start', '-W', '-D', cluster.data, '-l', cluster.logFile, '-o', options];
  return spawn(program(binaries, 'pg_ctl'), args, {
    detached: true,
    env: serverEnvironment(),
    stdio: 'ignore',
    windowsHide: true,
  });
}

async function waitUntilReady(
  cluster: Cluster,
  child: ChildProcess,
  signal: AbortSignal | undefined,
): Promise<Postmaster | undefined> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (failure !== undefined) throw cannotExecute(failure);
    const found = await findPostmaster(cluster.data);
    if (found?.status === 'ready') return found;
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    // pg_ctl itself ends as soon as it has started the server.
    if (hasEnded && (process.platform !== 'win32' || child.exitCode !== 0)) return undefined;
    await sleep(POLL_MS);
  }
  return undefined;
}

function cannotExecute(cause: Error): Error {
  return embeddedFailed(
    `The embedded PostgreSQL could not be executed: ${cause.message}.`,
    'Install again with npm ci, or name a server with --to.',
    cause,
  );
}
