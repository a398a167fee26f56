import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { all, comparable, keyColumns, valueColumns } from './column-sql.ts';

/**
 * Rows of one key may lead away from what the target has and back again. Nothing is written for such a key, so none of
 * its rows counts as a change.
 * @param chains see {@link createChains}.
 */
export async function skipSettledChains(
  client: PgClient,
  table: LoadTable,
  { chains, outcomes }: { readonly chains: string; readonly outcomes: string },
): Promise<void> {
  const { rowCount } = await client.query(
    `select from ${outcomes} o where o.chained and o.outcome = 'updated' limit 1`,
  );
  if (rowCount === 0) return;
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const states = valueColumns(table).map((column) => {
    const [last, target] = ['f', 't'].map((alias) => comparable(`${alias}.v${column.index}`, column));
    return `${last} is not distinct from ${target}`;
  });
  const onKey = (a: string, b: string) => keys.map((key) => `${a}.${key} = ${b}.${key}`).join(' and ');
  await client.query(
    `update ${outcomes} o set outcome = 'skipped'
     from ${chains} s
     join (select distinct on (${keys.join(', ')}) ${[...keys, ...valueColumns(table).map(({ index }) => `v${index}`)].join(', ')} from ${chains} c order by ${keys.join(', ')}, rank desc) f
       on ${onKey('f', 's')}
     join ${chains} t on t.rank = 0 and ${onKey('t', 's')}
     where o.file = s.file and o.seq = s.seq and o.outcome = 'updated' and ${all(states)}`,
  );
}
