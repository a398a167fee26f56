import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { unchangedSince } from './unchanged-since.ts';
import { nameOf, onKey, type UndoContext, type UndoTable } from './undo-table.ts';

/**
 * Removes the rows that a load inserted, as far as they are still its own and no row that stays refers to them. Rows
 * that refer to each other go together, in one statement: their references are judged when it ends.
 *
 * @returns how many rows went, by the table's position.
 */
export async function removeInserted(context: UndoContext): Promise<ReadonlyMap<number, number>> {
  const affected = context.tables.filter(({ inserted_table }) => inserted_table !== null);
  if (affected.length === 0) return new Map();
  for (const table of affected) await listOwnRows(context, table);
  await keepReferredRows(context, affected);
  // A rule and a statement that does several things do not go together.
  return affected.some((table) => table.has_delete_rule)
    ? deleteOneByOne(context, affected)
    : deleteTogether(context, affected);
}

/** The rows that may go, by their keys. */
function going(table: UndoTable): string {
  return `pg_temp.going_${table.position}`;
}

async function listOwnRows({ client, xid }: UndoContext, table: UndoTable): Promise<void> {
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
async function keepReferredRows(context: UndoContext, tables: readonly UndoTable[]): Promise<void> {
  const statements = tables.flatMap((table) => keepStatements(context, table, tables));
  for (let more = true; more; ) {
    more = false;
    for (const statement of statements) more = ((await context.client.query(statement)).rowCount ?? 0) > 0 || more;
  }
}

function keepStatements({ incoming }: UndoContext, table: UndoTable, tables: readonly UndoTable[]): string[] {
  return (incoming.get(table.position) ?? []).map((reference) => {
    const refers = reference.columns.map(
      (column, i) => `r.${quoteIdentifier(column)} = t.${quoteIdentifier(reference.on[i] as string)}`,
    );
    const stays = tables
      .filter((other) => other.target_oid === reference.oid)
      .map((other) => `and not exists (select from ${going(other)} o where ${onKey(other, 'o', 'r')})`);
    return `delete from ${going(table)} g using ${nameOf(table)} t where ${onKey(table, 't', 'g')}
      and exists (select from ${quoteQualified(reference.schema, reference.table)} r where ${refers.join(' and ')} ${stays.join(' ')})`;
  });
}

function deletion(table: UndoTable): string {
  return `delete from ${nameOf(table)} t using ${going(table)} g where ${onKey(table, 't', 'g')}`;
}

async function deleteTogether({ client }: UndoContext, tables: readonly UndoTable[]): Promise<Map<number, number>> {
  const deletes = tables.map((table) => `d${table.position} as (${deletion(table)} returning 1)`);
  const counts = tables.map(({ position }) => `(select count(*) from d${position}) as "${position}"`);
  const { rows } = await client.query<Record<string, string>>(`with ${deletes.join(', ')} select ${counts.join(', ')}`);
  return new Map(tables.map(({ position }) => [position, Number(rows[0]?.[position])]));
}

/** What went is counted by what is left: a rule may do anything instead. */
async function deleteOneByOne({ client }: UndoContext, tables: readonly UndoTable[]): Promise<Map<number, number>> {
  const removed = new Map<number, number>();
  for (const table of tables) {
    await client.query(deletion(table));
    const { rows } = await client.query<{ gone: string }>(
      `select count(*) as gone from ${going(table)} g where not exists (select from ${nameOf(table)} t where ${onKey(table, 't', 'g')})`,
    );
    removed.set(table.position, Number(rows[0]?.gone));
  }
  return removed;
}
