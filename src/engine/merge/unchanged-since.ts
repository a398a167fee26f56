import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { shortXid, type UndoTable } from './undo-table.ts';

interface UndoneLoad {
  readonly undo_xid: string;
  readonly before_table: string;
}

/**
 * The condition under which target row `t` is still as the load left it, where `b` is the load's own row of the key. A row tells which transaction wrote it last
 * (xmin): that must be the load's. Or it was an undo that put back what the load had left: then the pre-image of the
 * undone load says who had written the row before, and so on down the chain. Where a pre-image was dropped, the chain
 * ends, and the row counts as changed.
 *
 * @param candidates the load's own rows of this table (keys), to keep the chain short.
 */
export async function unchangedSince(
  client: PgClient,
  table: UndoTable,
  xid: string,
  candidates: string,
): Promise<string> {
  const writer = `coalesce(b."loadstone:writer", ${shortXid(xid)})`;
  const direct = `t.xmin::text::bigint = ${writer}`;
  const { rows } = await client.query<UndoneLoad>(
    `select l.undo_xid::text as undo_xid, t.before_table from loadstone.loads l join loadstone.load_tables t using (load_id)
     where t.target_oid = $1::oid and l.state = 'undone' and t.before_table is not null and l.undo_xid > $2::xid8
       and l.undo_dropped_at is null and to_regclass('loadstone.' || quote_ident(t.before_table)) is not null`,
    [table.target_oid, xid],
  );
  if (rows.length === 0) return direct;
  const keys = table.key_columns.map(quoteIdentifier);
  const restored = rows.map(
    ({ undo_xid, before_table }) =>
      `select ${keys.join(', ')}, ${shortXid(undo_xid)}::bigint as undo, "loadstone:xmin" as writer from ${quoteQualified('loadstone', before_table)}`,
  );
  const same = (a: string, b: string) => keys.map((key) => `${a}.${key} = ${b}.${key}`).join(' and ');
  const target = quoteQualified(table.target_schema, table.target_table);
  return `exists (
    with recursive restored as (${restored.join(' union all ')}),
    writers as (
      select ${keys.map((key) => `o.${key}`).join(', ')}, o.xmin::text::bigint as writer from ${target} o where ${same('o', 't')}
        and exists (select from ${candidates} c where ${same('c', 'o')})
      union
      select ${keys.map((key) => `w.${key}`).join(', ')}, r.writer from writers w join restored r on ${same('r', 'w')} and r.undo = w.writer)
    select from writers where writer = ${writer})`;
}
