import type { FileCorrections, RecordCorrection } from '#engine/model/corrections';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import type { PlannedFile } from './plan-files.ts';

export interface RejectedFiles {
  /** The load whose rejects are retried. */
  readonly rootId: string;
  /** Where a file of that load lies, by its folder and its path below that; null: where this load may not look. */
  readonly locate: (root: string, path: string) => string | null;
  readonly signal: AbortSignal;
}

/** Files planned together. */
const PAGE = 1_000;
/** In the place of a column's number: the text of the whole record. */
const WHOLE_RECORD = -1;

/** Plans the files that hold rejects which are still open, under the numbers that the rejected load gave them. */
export async function planRejected(client: PgClient, names: StagingNames, files: RejectedFiles): Promise<void> {
  for (let after = 0; ; ) {
    files.signal.throwIfAborted();
    const { rows } = await client.query<{ file: number; path: string; root: string }>(
      `select f.file, f.path, f.root from loadstone.files f where f.load_id = $1 and f.file > $2 and exists (
         select from loadstone.rejects r where r.load_id = f.load_id and r.file = f.file and r.fixed_by is null)
       order by f.file limit ${PAGE}`,
      [files.rootId, after],
    );
    if (rows.length === 0) break;
    after = rows.at(-1)?.file ?? after;
    await planPage(client, names, files, rows);
  }
  await client.query(`analyze ${names.plan}`);
}

async function planPage(
  client: PgClient,
  names: StagingNames,
  { rootId, locate }: RejectedFiles,
  rows: readonly { readonly file: number; readonly path: string; readonly root: string }[],
): Promise<void> {
  const located = rows.map(({ file, root, path }) => ({ file, absolute: locate(root, path) }));
  await client.query(
    `insert into ${names.plan}
     select f.file, f.path, coalesce(w.absolute, f.path), f.root, f.size, f.modified_ns, f.changed_ns, false, f.sha256
     from loadstone.files f join unnest($2::int[], $3::text[]) w (file, absolute) using (file) where f.load_id = $1`,
    [rootId, located.map(({ file }) => file), located.map(({ absolute }) => absolute)],
  );
  await client.query(
    `insert into ${names.staged} (file, code, message)
     select id, 'FILE_UNREADABLE', path || ' does not lie below the chosen paths. Nothing of it was loaded.'
     from ${names.plan} where id = any($1::int[])`,
    [located.flatMap(({ file, absolute }) => (absolute === null ? [file] : []))],
  );
}

/** A correction that has no place in the mapping. */
export interface StrayCorrection {
  readonly table: string;
  readonly column: string;
}

/**
 * Copies what was written for the records of the planned files, so that all of them are read with the same corrections.
 * @returns of rows that are open, the first correction for a column that the mapping does not have.
 */
export async function copyCorrections(
  client: PgClient,
  names: StagingNames,
  rootId: string,
  tables: readonly LoadTable[],
): Promise<StrayCorrection | null> {
  const columns = tables.flatMap(({ index, name, columns: all }) => [
    { tab: index, name, col: WHOLE_RECORD, written: '' },
    ...all.map((column) => ({ tab: index, name, col: column.index, written: column.written })),
  ]);
  const known = `jsonb_to_recordset($2::jsonb) as k (tab int, name text, col int, written text)
    on k.name = c.table_name and k.written = c.column_name`;
  const given = [rootId, JSON.stringify(columns)];
  await client.query(
    `insert into ${names.corrected} select c.file, c.sequence, k.tab, k.col, c.value
     from loadstone.corrections c join ${names.plan} p on p.id = c.file join ${known} where c.load_id = $1`,
    given,
  );
  const { rows } = await client.query<StrayCorrection>(
    `select c.table_name as "table", c.column_name as "column" from loadstone.corrections c left join ${known}
     where c.load_id = $1 and k.tab is null and exists (
       select from loadstone.rejects r
       where r.load_id = c.load_id and r.file = c.file and r.sequence = c.sequence and r.fixed_by is null)
     order by c.file, c.sequence limit 1`,
    given,
  );
  return rows[0] ?? null;
}

/** @returns by file what stands in the place of what its records hold. */
export async function correctionsOf(
  client: PgClient,
  names: StagingNames,
  files: readonly PlannedFile[],
): Promise<ReadonlyMap<number, FileCorrections>> {
  const { rows } = await client.query<{ file: number; seq: number; col: number; value: string | null }>(
    `select file, seq, col, value from ${names.corrected} where file = any($1::int[])`,
    [files.map(({ id }) => id)],
  );
  const byFile = Map.groupBy(rows, ({ file }) => file);
  return new Map(
    [...byFile].map(([file, cells]) => {
      const byRecord = Map.groupBy(cells, ({ seq }) => seq);
      return [file, new Map([...byRecord].map(([seq, all]) => [seq, recordCorrection(all)]))];
    }),
  );
}

function recordCorrection(cells: readonly { readonly col: number; readonly value: string | null }[]): RecordCorrection {
  const columns = cells.filter(({ col }) => col !== WHOLE_RECORD);
  return {
    record: cells.find(({ col }) => col === WHOLE_RECORD)?.value ?? null,
    columns: new Map(columns.map(({ col, value }) => [col, value])),
  };
}
