import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { contradicts } from './classify-chains.ts';
import type { Classified } from './classify-rows.ts';
import { keyColumns } from './column-sql.ts';
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
  const keys = keyColumns(table).map(({ index }) => `c.c${index}::text`);
  await client.query(
    `insert into ${live.names.conflicts} (file, seq, line, tab, key, earlier_file, earlier_line)
     select c.file, c.seq, c.line, ${table.index}, concat_ws(', ', ${keys.join(', ')}), c.earlier_file, c.earlier_line
     from ${chains} c join ${outcomes} o using (file, seq)
     where c.rank > 1 and o.outcome in ('skipped', 'updated') and ${contradicts(table, 'c')}`,
  );
}
