import type { UndoConflictPage, UndoConflictRequest } from '#contract/api/undos';
import type { UndoConflict } from '#contract/undo';
import type { PgClient } from '#engine/postgres/client';

interface Row extends Pick<UndoConflict, 'table' | 'act' | 'reason'> {
  readonly number: string;
  readonly key: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly other_schema: string | null;
  readonly other_table: string | null;
  readonly other_rows: string | null;
  readonly by_load: string | null;
  readonly by_undo: boolean;
  readonly by_path: string | null;
  readonly by_line: number | null;
}

/** One page of the conflicts of an undo, in order. */
export async function readUndoConflicts(
  client: PgClient,
  { loadId, table, reason, after, limit }: UndoConflictRequest,
): Promise<Omit<UndoConflictPage, 'counts'>> {
  const { rows } = await client.query<Row>(
    `select c.number, c.table_name as table, c.key, t.key_columns as columns, c.act, c.reason, c.other_schema, c.other_table,
       c.other_rows, c.by_load, c.by_undo, c.by_path, c.by_line
     from loadstone.undo_conflicts c join loadstone.load_tables t using (load_id, position)
     where c.load_id = $1 and ($2::text is null or c.table_name = $2) and ($3::text is null or c.reason = $3) and c.number > $4
     order by c.number limit $5`,
    [loadId, table ?? null, reason ?? null, after, limit],
  );
  const matching = await client.query<{ count: string }>(
    `select count(*) from loadstone.undo_conflicts
     where load_id = $1 and ($2::text is null or table_name = $2) and ($3::text is null or reason = $3)`,
    [loadId, table ?? null, reason ?? null],
  );
  return { conflicts: rows.map(conflictOf), matching: Number(matching.rows[0]?.count) };
}

/** How many conflicts of each reason the tables have, most first. */
export async function countUndoConflicts(client: PgClient, loadId: string): Promise<UndoConflictPage['counts']> {
  const { rows } = await client.query<Pick<UndoConflict, 'table' | 'reason'> & { count: string }>(
    `select table_name as table, reason, count(*) from loadstone.undo_conflicts where load_id = $1
     group by position, table_name, reason order by position, count(*) desc, reason`,
    [loadId],
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

function conflictOf(row: Row): UndoConflict {
  const { number, table, key, columns, act, reason, other_schema, other_table, other_rows } = row;
  return {
    number: Number(number),
    table,
    // jsonb sorts names; the key has an order of its own.
    key: Object.fromEntries(columns.map((column) => [column, key[column] ?? ''])),
    act,
    reason,
    ...(other_schema !== null &&
      other_table !== null && {
        other: {
          schema: other_schema,
          table: other_table,
          ...(other_rows !== null && { rows: Number(other_rows) }),
        },
      }),
    ...(row.by_load !== null && {
      by: {
        loadId: row.by_load,
        undo: row.by_undo,
        ...(row.by_path !== null && { path: row.by_path }),
        ...(row.by_line !== null && { line: row.by_line }),
      },
    }),
  };
}
