import { LoadstoneError } from '#contract/errors';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import type { Classified } from './classify-rows.ts';
import { keyColumns, valueColumns } from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';

/** @throws LoadstoneError CONFLICTS_FOUND when a row would have to change whose policy, or choice, is `fail`. */
export async function failOnConflicts(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  classified: Classified,
): Promise<void> {
  const policies = [...valueColumns(table), ...table.choices.map(({ use }) => ({ policy: use }))];
  if (policies.every(({ policy }) => policy !== 'fail')) return;
  const { rows } = await client.query<{ count: string; path: string; line: number; key: string }>(
    `select count(*) over () as count, p.path, o.line, concat_ws(', ', ${keyColumns(table)
      .map(({ index }) => `s.c${index}::text`)
      .join(', ')}) as key
     from ${classified.outcomes} o join ${live.select(table)} s using (file, seq) join ${live.names.plan} p on p.id = o.file
     where o.outcome = 'fails' order by o.file, o.seq limit 1`,
  );
  const first = rows[0];
  if (first === undefined) return;
  throw new LoadstoneError({
    code: 'CONFLICTS_FOUND',
    message: `${first.count} rows of ${table.name} have a key that exists with other values; the first is "${first.key}" in ${first.path}, line ${first.line}. The policy is fail: nothing was merged.`,
    remedy:
      'Load with --on-conflict skip, overwrite or merge, or correct the rows. Of a reviewed load decide otherwise about them (jobs resolve), then resume it.',
    place: { path: first.path, line: first.line },
  });
}
