import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import type { Log } from '../log.ts';
import { isBusy, isDamaged, ledgerFailed } from './ledger-errors.ts';
import { migrate } from './migrate.ts';

/** How long one statement waits for another process's write; theirs take milliseconds. */
const BUSY_MS = 5_000;
/** Turning WAL on may report "busy" at once while another process does the same; that is over in a moment. */
const OPEN_TRIES = 50;
const OPEN_PAUSE_MS = 100;

export interface Ledger {
  readonly database: Database;
  readonly path: string;
  close(): void;
}

/**
 * Opens the ledger of a home folder, making or migrating it as needed. A damaged one is set aside with a warning, so
 * that the application starts: what is loaded stands in the target database, only the local history is lost.
 * @throws LEDGER_FAILED when it is locked, newer than this program, or its folder cannot be used.
 */
export function openLedger(home: string, log: Log): Ledger {
  const path = join(home, 'ledger.db');
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return openWhole(path);
  } catch (error) {
    if (!isDamaged(error)) throw ledgerFailed(path, error);
    setAside(path, log, error);
  }
  try {
    return openWhole(path);
  } catch (error) {
    throw ledgerFailed(path, error);
  }
}

/** Reads the ledger. @throws LEDGER_FAILED */
export function readLedger<Result>(ledger: Ledger, work: (database: Database) => Result): Result {
  try {
    return work(ledger.database);
  } catch (error) {
    throw ledgerFailed(ledger.path, error);
  }
}

/** Changes the ledger in one transaction of its own. @throws LEDGER_FAILED */
export function writeLedger<Result>(ledger: Ledger, work: (database: Database) => Result): Result {
  return readLedger(ledger, (database) => database.transaction(() => work(database)).immediate());
}

function openWhole(path: string): Ledger {
  const database = openPatiently(path);
  try {
    const verdict = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Sqlite.SqliteError(String(verdict), 'SQLITE_CORRUPT');
    migrate(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, path, close: () => database.close() };
}

function openPatiently(path: string): Database {
  for (let attempt = 1; ; attempt += 1) {
    // SQLite gives its side files the mode of this one: what was loaded from where is its owner's business.
    closeSync(openSync(path, 'a', 0o600));
    const database = new Sqlite(path, { timeout: BUSY_MS });
    try {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      return database;
    } catch (error) {
      database.close();
      if (!isBusy(error) || attempt === OPEN_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE_MS);
    }
  }
}

function setAside(path: string, log: Log, reason: unknown): void {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    try {
      renameSync(path + suffix, aside + suffix);
    } catch {
      // Not there, or another process has set it aside already.
    }
  }
  log.warn({ err: reason, aside }, 'the ledger was damaged and is set aside; the history of jobs starts anew');
}
