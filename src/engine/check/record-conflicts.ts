import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import type { Classified } from './classify-rows.ts';
import { keyColumns, saysSame, valueColumns } from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';

/**
 * Lists the rows that contradict the row of the same key that came before them in this very load, with that row's place. What
 * became of them is the policy's doing and counted as skipped or updated; that they contradict each other is worth
 * knowing whatever the policy is.
 */
export async function recordConflicts(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  { chains, outcomes }: Classified,
): Promise<void> {
  if (chains === null) return;
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const same = valueColumns(table).map((column) => saysSame(`c.c${column.index}`, `f.c${column.index}`, column));
  if (same.length === 0) return;
  await client.query(
    `insert into ${live.names.conflicts} (file, seq, line, tab, key, earlier_file, earlier_line)
     select c.file, c.seq, c.line, ${table.index}, concat_ws(', ', ${keys.map((key) => `c.${key}::text`).join(', ')}), f.file, f.line
     from ${chains} c join ${outcomes} o using (file, seq)
     join ${chains} f on f.rank = c.rank - 1 and ${keys.map((key) => `f.${key} = c.${key}`).join(' and ')}
     where c.rank > 1 and o.outcome in ('skipped', 'updated') and not (${same.join(' and ')})`,
  );
}
