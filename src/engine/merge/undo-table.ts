import { LoadstoneError } from '#contract/errors';
import type { PgClient } from '#engine/postgres/client';
import { type IncomingReference, incomingReferences } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';

/** What the record of a merged load says of one of its targets, and what the catalog says of it now. */
export interface UndoTable {
  readonly position: number;
  readonly mapping_table: string;
  readonly target_schema: string;
  readonly target_table: string;
  readonly target_oid: number;
  readonly key_columns: readonly string[];
  readonly inserted_table: string | null;
  readonly before_table: string | null;
  /** Rules rewrite what is deleted from it. */
  readonly has_delete_rule: boolean;
}

/** A target that is not there any more. */
export type DroppedTable = Pick<UndoTable, 'position' | 'mapping_table' | 'key_columns' | 'before_table'>;

/** What the steps of one undo share; all of them run in its one transaction. */
export interface UndoContext {
  readonly client: PgClient;
  readonly loadId: string;
  /** The number of the load's transaction. */
  readonly xid: string;
  /** Children first: the merge went the other way. */
  readonly tables: readonly UndoTable[];
  readonly dropped: readonly DroppedTable[];
  /** Foreign keys that point at a table, by its position. */
  readonly incoming: ReadonlyMap<number, readonly IncomingReference[]>;
}

export function nameOf(table: Pick<UndoTable, 'target_schema' | 'target_table'>): string {
  return quoteQualified(table.target_schema, table.target_table);
}

export function onKey({ key_columns }: Pick<UndoTable, 'key_columns'>, a: string, b: string): string {
  return key_columns.map((key) => `${a}.${quoteIdentifier(key)} = ${b}.${quoteIdentifier(key)}`).join(' and ');
}

/** The 32 bits of a transaction number that a row shows as its xmin. */
export function shortXid(xid: string): string {
  return String(BigInt(xid) & 0xffffffffn);
}

export function undoRefused(code: 'JOB_STATE' | 'UNDO_CONFLICT' | 'UNDO_EXPIRED', fact: string, remedy: string) {
  return new LoadstoneError({ code, message: `${fact}. Nothing was undone.`, remedy });
}

interface TableRow extends UndoTable {
  readonly exists: boolean;
  readonly lost_columns: readonly string[];
  readonly lost_data: boolean;
}

/** @throws LoadstoneError UNDO_CONFLICT, UNDO_EXPIRED when the rows could not be told any more. */
export async function readUndoTables(
  client: PgClient,
  loadId: string,
): Promise<Pick<UndoContext, 'tables' | 'dropped'>> {
  const { rows } = await client.query<TableRow>(
    `select t.position, t.mapping_table, coalesce(n.nspname, t.target_schema) as target_schema,
       coalesce(c.relname, t.target_table) as target_table, t.target_oid::int8::float8 as target_oid,
       t.key_columns, t.inserted_table, t.before_table, c.oid is not null as exists,
       exists (select from pg_rewrite r where r.ev_class = c.oid and r.ev_type = '4') as has_delete_rule,
       array(select k from unnest(t.key_columns) k where c.oid is not null and not exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = k and not a.attisdropped)) as lost_columns,
       exists (select from unnest(array[t.inserted_table, t.before_table]) kept
         where kept is not null and to_regclass('loadstone.' || quote_ident(kept)) is null) as lost_data
     from loadstone.load_tables t left join pg_class c on c.oid = t.target_oid left join pg_namespace n on n.oid = c.relnamespace
     where t.load_id = $1 order by t.position desc`,
    [loadId],
  );
  for (const row of rows) assertTellable(row);
  return { tables: rows.filter(({ exists }) => exists), dropped: rows.filter(({ exists }) => !exists) };
}

function assertTellable(row: TableRow): void {
  const { key_columns, lost_columns, lost_data } = row;
  if (key_columns.length === 0) {
    throw undoRefused(
      'UNDO_CONFLICT',
      `Table ${nameOf(row)} has no key, so its rows cannot be told apart`,
      'Delete them by hand.',
    );
  }
  if (lost_columns.length > 0) {
    throw undoRefused(
      'UNDO_CONFLICT',
      `Table ${nameOf(row)} has no column ${lost_columns.join(', ')} any more, which told its rows apart when they were loaded`,
      'Give the column its former name back, or delete the rows by hand.',
    );
  }
  if (lost_data) {
    throw undoRefused(
      'UNDO_EXPIRED',
      `Somebody removed what was kept for the undo of table ${nameOf(row)} from the schema "loadstone"`,
      'Restore from a backup.',
    );
  }
}

/** @throws LoadstoneError PERMISSION_DENIED where rows that refer to a table may be hidden from this user. */
export async function readIncoming(client: PgClient, tables: readonly UndoTable[]): Promise<UndoContext['incoming']> {
  const incoming = new Map<number, readonly IncomingReference[]>();
  for (const table of tables) {
    const references = await incomingReferences(client, table.target_oid);
    const hidden = references.find((reference) => reference.hidden);
    if (hidden !== undefined) throw rowsHidden(nameOf(table), quoteQualified(hidden.schema, hidden.table));
    incoming.set(table.position, references);
  }
  return incoming;
}

function rowsHidden(table: string, by: string): LoadstoneError {
  return new LoadstoneError({
    code: 'PERMISSION_DENIED',
    message: `Rows of ${by} refer to ${table}, and row security may hide some of them from this user. Nothing was undone.`,
    remedy: 'Undo as a user who sees all rows (the owner, or one with BYPASSRLS).',
  });
}
