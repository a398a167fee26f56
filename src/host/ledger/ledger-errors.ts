import Sqlite from 'better-sqlite3';
import { LoadstoneError } from '#contract/errors';

const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;
const BUSY = /^SQLITE_(BUSY|LOCKED)/;

function sqliteCode(thrown: unknown): string {
  return thrown instanceof Sqlite.SqliteError ? thrown.code : '';
}

export function isDamaged(thrown: unknown): boolean {
  return DAMAGED.test(sqliteCode(thrown));
}

export function isBusy(thrown: unknown): boolean {
  return BUSY.test(sqliteCode(thrown));
}

export function newerLedger(path: string, version: number, known: number): LoadstoneError {
  return new LoadstoneError({
    code: 'LEDGER_FAILED',
    message: `The ledger ${path} has version ${version}; this Loadstone knows versions up to ${known}.`,
    remedy: 'Use the newer Loadstone that wrote it, or set LOADSTONE_HOME to another folder.',
  });
}

/** Any failure of the ledger as an error for people. */
export function ledgerFailed(path: string, thrown: unknown): LoadstoneError {
  if (thrown instanceof LoadstoneError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const busy = isBusy(thrown);
  return new LoadstoneError({
    code: 'LEDGER_FAILED',
    message: busy
      ? `The ledger ${path} has been locked by another process for several seconds.`
      : `The ledger ${path} cannot be used: ${reason}.`,
    remedy: busy
      ? 'Wait for the other process or end it, then try again.'
      : 'Check that the folder can be written to and has space, or set LOADSTONE_HOME to another folder.',
    retryable: busy,
    cause: thrown,
  });
}
