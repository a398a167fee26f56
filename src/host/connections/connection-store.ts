import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { type ConnectionRef, connectionRefSchema } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { type Ledger, readLedger, writeLedger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { savedNote } from './saved-note.ts';

export type ServerRef = Extract<ConnectionRef, { readonly kind: 'server' }>;

/** A saved server as the ledger keeps it. */
export interface ConnectionRecord {
  readonly id: string;
  readonly name: string;
  readonly ref: ServerRef;
  /** The password, encrypted. */
  readonly sealed: Buffer | null;
}

interface ConnectionRow extends Omit<ConnectionRecord, 'ref'> {
  readonly ref: string;
}

const COLUMNS = 'id, name, ref, sealed';

/** The saved servers of the ledger. Their names differ in more than case. */
export class ConnectionStore {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #trail: AuditTrail;

  constructor(ledger: Ledger, log: Log, trail: AuditTrail) {
    this.#ledger = ledger;
    this.#log = log;
    this.#trail = trail;
  }

  /** By name. One that cannot be read is left out, with a warning. */
  list(): readonly ConnectionRecord[] {
    const rows = readLedger(
      this.#ledger,
      (database) => database.prepare(`SELECT ${COLUMNS} FROM connections ORDER BY folded`).all() as ConnectionRow[],
    );
    return rows.flatMap((row) => {
      const record = toConnection(row);
      if (!record) this.#log.warn({ connection: row.name }, 'a saved connection could not be read');
      return record ? [record] : [];
    });
  }

  /** @throws CONNECTION_NOT_FOUND */
  get(id: string): ConnectionRecord {
    const found = this.list().find((connection) => connection.id === id);
    if (!found) throw connectionGone();
    return found;
  }

  /** A new one without an id. @throws CONNECTION_NAME_TAKEN, CONNECTION_NOT_FOUND */
  save(connection: Omit<ConnectionRecord, 'id'> & { readonly id?: string | undefined }): ConnectionRecord {
    const { id = randomUUID(), name, ref, sealed } = connection;
    const folded = foldName(name);
    writeLedger(this.#ledger, (database) => {
      const before = connection.id === undefined ? undefined : this.#find(database, id);
      const other = database.prepare('SELECT name FROM connections WHERE folded = ? AND id <> ?').get(folded, id);
      if (other) throw nameTaken((other as { name: string }).name);
      const values = { id, name, folded, ref: JSON.stringify(ref), sealed, now: new Date().toISOString() };
      if (connection.id === undefined) insert(database, values);
      else if (update(database, values) === 0) throw connectionGone();
      const note = savedNote(before, { id, name, ref, sealed });
      if (note !== null) this.#trail.add(note);
    });
    return { id, name, ref, sealed };
  }

  /** @throws CONNECTION_NOT_FOUND */
  remove(id: string): ConnectionRecord {
    const record = this.get(id);
    writeLedger(this.#ledger, (database) => {
      if (database.prepare('DELETE FROM connections WHERE id = ?').run(id).changes === 0) return;
      this.#trail.add({ action: 'connection_removed', connection: record.ref, facts: { name: record.name } });
    });
    return record;
  }

  #find(database: Database, id: string): ConnectionRecord | undefined {
    const row = database.prepare(`SELECT ${COLUMNS} FROM connections WHERE id = ?`).get(id);
    return row === undefined ? undefined : toConnection(row as ConnectionRow);
  }
}

/** Names are compared in any case and any Unicode form. */
export function foldName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Whether a password of one serves the other: how the line is encrypted does not matter for that. */
export function isSameLogin(one: ServerRef, other: ServerRef): boolean {
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    one.database === other.database &&
    one.user === other.user
  );
}

/** @returns undefined when its server cannot be read. */
export function toConnection(row: ConnectionRow): ConnectionRecord | undefined {
  try {
    const ref = connectionRefSchema.parse(JSON.parse(row.ref));
    return ref.kind === 'server' ? { ...row, ref } : undefined;
  } catch {
    return undefined;
  }
}

interface Values {
  readonly id: string;
  readonly name: string;
  readonly folded: string;
  readonly ref: string;
  readonly sealed: Buffer | null;
  readonly now: string;
}

function insert(database: Database, values: Values): void {
  database
    .prepare(
      `INSERT INTO connections (id, name, folded, ref, sealed, created_at, updated_at)
       VALUES (@id, @name, @folded, @ref, @sealed, @now, @now)`,
    )
    .run(values);
}

function update(database: Database, values: Values): number {
  return database
    .prepare(
      `UPDATE connections SET name = @name, folded = @folded, ref = @ref, sealed = @sealed, updated_at = @now
       WHERE id = @id`,
    )
    .run(values).changes;
}

function connectionGone(): LoadstoneError {
  return new LoadstoneError({
    code: 'CONNECTION_NOT_FOUND',
    message: 'This connection is no longer saved: it was removed in another window.',
    remedy: 'Choose another connection, or save it anew.',
  });
}

function nameTaken(name: string): LoadstoneError {
  return new LoadstoneError({
    code: 'CONNECTION_NAME_TAKEN',
    message: `There is a connection named "${name}" already.`,
    remedy: 'Choose another name; upper and lower case count as the same.',
  });
}
