import { quoteQualified } from '#engine/postgres/quote';
import { nameOf, onKey, type UndoContext } from './undo-table.ts';

/**
 * What a retry had loaded can be loaded again now that it is gone. A row that the undo had to leave stays loaded: its
 * reject does not open, or the next retry would bring the row a second time.
 */
export async function reopenRejects({ client, loadId, tables }: UndoContext): Promise<void> {
  const { rowCount } = await client.query('select from loadstone.loads where load_id = $1 and retry_of is not null', [
    loadId,
  ]);
  if (rowCount === 0) return;
  const left = tables.flatMap((table) => {
    if (table.inserted_table === null) return [];
    const inserted = quoteQualified('loadstone', table.inserted_table);
    return `and not exists (select from ${inserted} b join ${nameOf(table)} t on ${onKey(table, 't', 'b')}
      where b."loadstone:file" = r.file and b."loadstone:seq" = r.sequence)`;
  });
  await client.query(`update loadstone.rejects r set fixed_by = null where r.fixed_by = $1 ${left.join(' ')}`, [
    loadId,
  ]);
}
