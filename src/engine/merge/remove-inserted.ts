import type { PgClient } from '#engine/postgres/client';
import { incomingReferences } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { unchangedSince } from './unchanged-since.ts';
import { nameOf, onKey, type UndoTable } from './undo-table.ts';

/**
 * Removes the rows that a load inserted, as far as they are still its own and no row that stays refers to them. Rows
 * that refer to each other go together, in one statement: their references are judged when it ends.
 *
 * @returns how many rows went, by the table's position.
 */
export async function removeInserted(
  client: PgClient,
  tables: readonly UndoTable[],
  xid: string,
): Promise<ReadonlyMap<number, number>> {
  const affected = tables.filter(({ inserted_table }) => inserted_table !== null);
  if (affected.length === 0) return new Map();
  for (const table of affected) await listOwnRows(client, table, xid);
  await keepReferredRows(client, affected);
  const deletes = affected.map(
    (table) =>
      `d${table.position} as (delete from ${nameOf(table)} t using ${going(table)} g where ${onKey(table, 't', 'g')} returning 1)`,
  );
  const counts = affected.map(({ position }) => `(select count(*) from d${position}) as "${position}"`);
  const { rows } = await client.query<Record<string, string>>(`with ${deletes.join(', ')} select ${counts.join(', ')}`);
  return new Map(affected.map(({ position }) => [position, Number(rows[0]?.[position])]));
}

/** The rows that may go, by their keys. */
function going(table: UndoTable): string {
  return `pg_temp.going_${table.position}`;
}

async function listOwnRows(client: PgClient, table: UndoTable, xid: string): Promise<void> {
  const inserted = quoteQualified('loadstone', table.inserted_table as string);
  const keys = table.key_columns.map((key) => `t.${quoteIdentifier(key)}`).join(', ');
  const ours = await unchangedSince(client, table, xid, inserted);
  await client.query(`drop table if exists ${going(table)}`);
  await client.query(
    `create temp table going_${table.position} on commit drop as
     select ${keys} from ${nameOf(table)} t join ${inserted} b on ${onKey(table, 't', 'b')} where ${ours}`,
  );
  await client.query(`analyze ${going(table)}`);
}

/** A row that stays keeps what it refers to, and that keeps more in turn: until nothing more is kept. */
async function keepReferredRows(client: PgClient, tables: readonly UndoTable[]): Promise<void> {
  const statements: string[] = [];
  for (const table of tables) statements.push(...(await keepStatements(client, table, tables)));
  for (let more = true; more; ) {
    more = false;
    for (const statement of statements) more = ((await client.query(statement)).rowCount ?? 0) > 0 || more;
  }
}

async function keepStatements(client: PgClient, table: UndoTable, tables: readonly UndoTable[]): Promise<string[]> {
  const references = await incomingReferences(client, Number(table.target_oid));
  return references.map((reference) => {
    const name = quoteQualified(reference.schema, reference.table);
    const refers = reference.columns.map(
      (column, i) => `r.${quoteIdentifier(column)} = t.${quoteIdentifier(reference.on[i] as string)}`,
    );
    const stays = tables
      .filter((other) => nameOf(other) === name)
      .map((other) => `and not exists (select from ${going(other)} o where ${onKey(other, 'o', 'r')})`);
    return `delete from ${going(table)} g using ${nameOf(table)} t where ${onKey(table, 't', 'g')}
      and exists (select from ${name} r where ${refers.join(' and ')} ${stays.join(' ')})`;
  });
}
