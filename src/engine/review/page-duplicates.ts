import type { DuplicatePage, DuplicateRequest } from '#contract/api/reviews';
import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { isFirst } from './page-conflicts.ts';

export interface DuplicatePageOptions {
  readonly names: ReviewNames;
  readonly table: LoadTable;
  readonly request: DuplicateRequest;
  /** All of the table. */
  readonly total: number;
}

/** One page of the rows that contradict an earlier one of the load, found by number. */
export async function pageDuplicates(
  client: PgClient,
  { names, table, request, total }: DuplicatePageOptions,
): Promise<DuplicatePage> {
  const { after, skip = 0, limit } = request;
  const { rows } = await client.query<{ number: string } & Omit<DuplicatePage['duplicates'][number], 'number'>>(
    `select d.number, d.key, p.path, d.line, e.path as "earlierPath", d.earlier_line as "earlierLine"
     from (select * from ${names.duplicates} where tab = $1 and number > $2 order by number offset $3 limit $4) d
       join ${names.plan} p on p.id = d.file join ${names.plan} e on e.id = d.earlier_file order by d.number`,
    [table.index, after, skip, limit],
  );
  return {
    duplicates: rows.map((row) => ({ ...row, number: Number(row.number) })),
    ...(isFirst(request) && { matching: total }),
  };
}
