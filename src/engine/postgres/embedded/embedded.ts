import { resolve } from 'node:path';
import type { ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import { closeClient, openClient } from '../client.ts';
import { quoteIdentifier } from '../quote.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, findCluster, openCluster } from './cluster.ts';
import { embeddedFailed } from './failure.ts';
import { EMBEDDED_DATABASE, EMBEDDED_USER, initialise, readPassword } from './initialise.ts';
import { withLock } from './lock.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { boundLog } from './server-log.ts';
import { settle, startServer } from './start-server.ts';
import { endOrphans, stopServer } from './stop-server.ts';

export interface EmbeddedOptions {
  /** Folder of the application's local data; see `loadstoneHome`. */
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddedStatus {
  /** `missing`: never started in this home. */
  readonly state: 'missing' | 'stopped' | 'starting' | 'running' | 'stopping';
  readonly pid?: number;
  readonly dataFolder?: string;
  readonly logFile?: string;
  /** How to get in; only while it is running. */
  readonly target?: ConnectionTarget;
}

/**
 * The home's own PostgreSQL, created when missing, started when needed, adopted when it runs. Any number of processes
 * may call at once and get the same server. It stays up after they end, until {@link stopEmbedded}.
 * @throws LoadstoneError EMBEDDED_FAILED; the signal's reason when aborted.
 */
export async function ensureEmbedded(options: EmbeddedOptions): Promise<ConnectionTarget> {
  const { signal } = options;
  signal?.throwIfAborted();
  const cluster = await openCluster(resolve(options.home));
  const running = await findPostmaster(cluster.data);
  const password = await readPassword(cluster);
  if (running?.status === 'ready' && password !== undefined) {
    boundLog(cluster.logFile);
    const target = targetOf(running, password);
    if ((await greet(target, signal)) === 'welcome') return target;
  }
  return await withLock(cluster.lockFile, cluster.owner, signal, () => bringUp(cluster, signal));
}

/** Stops the home's PostgreSQL if it runs. @returns whether it did. */
export async function stopEmbedded(options: EmbeddedOptions): Promise<boolean> {
  const cluster = await findCluster(resolve(options.home));
  if (cluster === undefined) return false;
  return await withLock(cluster.lockFile, cluster.owner, options.signal, async () => {
    const running = await findPostmaster(cluster.data);
    if (running !== undefined) {
      await stopServer(cluster, running, process.platform === 'win32' ? await findBinaries(undefined) : undefined);
    }
    await endOrphans(cluster.data);
    return running !== undefined;
  });
}

/** How the home's PostgreSQL is; starts and changes nothing. */
export async function embeddedStatus(options: EmbeddedOptions): Promise<EmbeddedStatus> {
  const cluster = await findCluster(resolve(options.home));
  const password = cluster && (await readPassword(cluster));
  if (cluster === undefined || password === undefined) return { state: 'missing' };
  const places = { dataFolder: cluster.data, logFile: cluster.logFile };
  const found = await findPostmaster(cluster.data);
  if (found === undefined) return { state: 'stopped', ...places };
  const { pid } = found;
  if (found.status === 'ready') return { state: 'running', pid, ...places, target: targetOf(found, password) };
  return { state: found.status === 'stopping' ? 'stopping' : 'starting', pid, ...places };
}

function targetOf(postmaster: Postmaster, password: string): ConnectionTarget {
  return {
    host: postmaster.socketFolder === '' ? '127.0.0.1' : postmaster.socketFolder,
    port: postmaster.port,
    database: EMBEDDED_DATABASE,
    user: EMBEDDED_USER,
    password,
    ssl: 'disable',
  };
}

async function bringUp(cluster: Cluster, signal: AbortSignal | undefined): Promise<ConnectionTarget> {
  const binaries = await findBinaries(cluster.account);
  await initialise(cluster, binaries);
  const password = await readPassword(cluster);
  if (password === undefined) throw passwordLost(cluster);
  const first = (await settle(cluster, signal)) ?? (await startServer(cluster, binaries, signal));
  const target = targetOf(first, password);
  const answer = await greet(target, signal);
  if (answer === 'welcome' || (await helped(target, answer, signal))) return target;
  if (answer.code !== 'SERVER_UNREACHABLE') throw refusedUs(cluster, answer);
  // It lives but cannot be reached: somebody removed its socket. Only a restart makes a new one.
  return await restart(cluster, binaries, first, password, signal);
}

async function restart(
  cluster: Cluster,
  binaries: Binaries,
  unreachable: Postmaster,
  password: string,
  signal: AbortSignal | undefined,
): Promise<ConnectionTarget> {
  await stopServer(cluster, unreachable, binaries);
  const target = targetOf(await startServer(cluster, binaries, signal), password);
  const answer = await greet(target, signal);
  if (answer === 'welcome' || (await helped(target, answer, signal))) return target;
  throw refusedUs(cluster, answer);
}

/** Whether the server lets us in. One that has no connection to spare is up all the same. */
async function greet(target: ConnectionTarget, signal: AbortSignal | undefined): Promise<'welcome' | LoadstoneError> {
  try {
    await closeClient(await openClient(target, { applicationName: 'loadstone start', signal, env: {} }));
    return 'welcome';
  } catch (error) {
    if (!(error instanceof LoadstoneError)) throw error;
    return error.sqlState === '53300' ? 'welcome' : error;
  }
}

/** A creation cut short may have left the server without its database. */
async function helped(
  target: ConnectionTarget,
  answer: LoadstoneError,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (answer.code !== 'DATABASE_MISSING') return false;
  const client = await openClient(
    { ...target, database: 'postgres' },
    { applicationName: 'loadstone start', signal, env: {} },
  );
  try {
    await client.query(`create database ${quoteIdentifier(EMBEDDED_DATABASE)}`);
    return true;
  } finally {
    await closeClient(client);
  }
}

function passwordLost(cluster: Cluster): LoadstoneError {
  return embeddedFailed(
    `The password of the embedded database is lost: ${cluster.passwordFile} is missing, though its data is there.`,
    'Restore that file from a backup, or set LOADSTONE_HOME to another folder.',
  );
}

function refusedUs(cluster: Cluster, cause: LoadstoneError): LoadstoneError {
  return embeddedFailed(
    `The embedded PostgreSQL runs but does not let Loadstone in: ${cause.message}`,
    `See ${cluster.logFile}; if ${cluster.passwordFile} was changed, restore it.`,
    cause,
  );
}
