import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { LoadstoneError } from '#contract/errors';
import { ledgerFailed } from '../ledger/ledger-errors.ts';
import { encryptedFileBox, isFileSealed, SECRET_KEY_VARIABLE } from '../secrets/encrypted-file-box.ts';
import { type ConnectionRecord, foldName, isSameLogin, type ServerRef, toConnection } from './connection-store.ts';

const BUSY_MS = 5_000;

export interface FoundConnection {
  readonly ref: ServerRef;
  /** Opened from the encrypted file. */
  readonly password?: string;
  /** Why its saved password is not used, and what is used instead. */
  readonly note?: string;
}

/**
 * A saved connection for a host without a window, by the name people gave it. The ledger is only read.
 * @throws CONNECTION_NOT_FOUND naming those there are, SECRETS_UNAVAILABLE, LEDGER_FAILED
 */
export async function findConnection(home: string, name: string, env: NodeJS.ProcessEnv): Promise<FoundConnection> {
  const saved = readConnections(join(home, 'ledger.db'));
  const found = saved.find((connection) => foldName(connection.name) === foldName(name));
  if (!found) throw notFound(name, saved);
  const { ref, sealed } = found;
  if (sealed === null) return { ref };
  const passPhrase = env[SECRET_KEY_VARIABLE];
  if (!isFileSealed(sealed)) return { ref, note: elsewhere(found.name, "in the desktop's keychain", '') };
  if (passPhrase) return { ref, password: await encryptedFileBox(passPhrase).open(sealed) };
  return { ref, note: elsewhere(found.name, 'encrypted', `Set ${SECRET_KEY_VARIABLE} to use it. `) };
}

/** The saved password of a login, where a key of the environment opens it. @throws SECRETS_UNAVAILABLE, LEDGER_FAILED */
export async function findSavedPassword(
  home: string,
  ref: ServerRef,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const passPhrase = env[SECRET_KEY_VARIABLE];
  if (!passPhrase) return undefined;
  const saved = readConnections(join(home, 'ledger.db')).filter((connection) => isSameLogin(connection.ref, ref));
  const sealed = saved.map((connection) => connection.sealed).find((each) => each !== null && isFileSealed(each));
  return sealed ? encryptedFileBox(passPhrase).open(sealed) : undefined;
}

function readConnections(path: string): readonly ConnectionRecord[] {
  if (!existsSync(path)) return [];
  try {
    const database = new Sqlite(path, { readonly: true, timeout: BUSY_MS });
    try {
      const has = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'connections'`).get();
      if (!has) return [];
      const rows = database.prepare('SELECT id, name, ref, sealed FROM connections ORDER BY folded').all();
      return (rows as Parameters<typeof toConnection>[0][]).flatMap((row) => toConnection(row) ?? []);
    } finally {
      database.close();
    }
  } catch (error) {
    throw ledgerFailed(path, error);
  }
}

function elsewhere(name: string, where: string, how: string): string {
  return `The saved password of "${name}" lies ${where}, where this command cannot read it. ${how}PGPASSWORD or .pgpass is used.`;
}

function notFound(name: string, saved: readonly ConnectionRecord[]): LoadstoneError {
  const names = saved.map((connection) => `"${connection.name}"`).join(', ');
  return new LoadstoneError({
    code: 'CONNECTION_NOT_FOUND',
    message: `There is no saved connection named "${name}"; ${names ? `there is ${names}` : 'none is saved yet'}.`,
    remedy:
      'Give one of these names, or a URL as postgres://user@host:5432/database, or leave --to out for the embedded database.',
  });
}
