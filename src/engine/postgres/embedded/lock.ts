import { closeSync, openSync, truncateSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { embeddedFailed } from './failure.ts';
import { give, type ServerAccount } from './server-account.ts';

const POLL_MS = 40;
/** Whoever holds it may be creating the cluster or recovering a big one. */
const WAIT_MS = 600_000;

/**
 * Runs the work while no other process on this machine runs work under the same lock file. The lock is SQLite's lock on
 * that file, so the operating system drops it with the process that holds it: a file left behind locks nothing.
 */
export async function withLock<T>(
  file: string,
  owner: ServerAccount | undefined,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const database = await acquire(file, owner, signal);
  try {
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(
  file: string,
  owner: ServerAccount | undefined,
  signal: AbortSignal | undefined,
): Promise<Database.Database> {
  closeSync(openSync(file, 'a', 0o600));
  await give(file, owner);
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    const database = tryAcquire(file);
    if (database !== undefined) return database;
    await sleep(POLL_MS);
  }
  throw embeddedFailed(
    `Another process has been starting or stopping the embedded PostgreSQL for ${WAIT_MS / 60_000} minutes (${file} is locked).`,
    'End that process, then try again.',
  );
}

function tryAcquire(file: string): Database.Database | undefined {
  const database = new Database(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) return undefined;
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw error;
    // Something else wrote into it. An unused lock file is empty; made so in place, because others may have it open.
    truncateSync(file);
    return undefined;
  }
}
