import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

export interface VerifyOptions {
  readonly hash: (path: string, options: { signal: AbortSignal }) => Promise<string>;
  readonly tables: readonly LoadTable[];
  readonly signal: AbortSignal;
}

/** Files looked at together. */
const PAGE = 1_000;

/**
 * On resume: files that were staged but are no longer what they were (or failed before) are taken out of the staging,
 * so that they are staged again.
 */
export async function verifyStaged(client: PgClient, names: StagingNames, options: VerifyOptions): Promise<void> {
  const stale: number[] = [];
  for (let after = 0; ; ) {
    const { rows } = await client.query<{ file: number; absolute: string; sha256: string | null; code: string | null }>(
      `select s.file, p.absolute, s.sha256, s.code from ${names.staged} s join ${names.plan} p on p.id = s.file
       where s.file > $1 order by s.file limit ${PAGE}`,
      [after],
    );
    if (rows.length === 0) break;
    after = rows.at(-1)?.file ?? after;
    for (const row of rows) if (!(await isStillTheSame(row, options))) stale.push(row.file);
  }
  if (stale.length > 0) await forget(client, names, options.tables, stale);
}

async function isStillTheSame(
  row: { readonly absolute: string; readonly sha256: string | null; readonly code: string | null },
  { hash, signal }: VerifyOptions,
): Promise<boolean> {
  signal.throwIfAborted();
  if (row.code !== null) return false;
  return row.sha256 === (await hash(row.absolute, { signal }).catch(() => null));
}

async function forget(client: PgClient, names: StagingNames, tables: readonly LoadTable[], files: readonly number[]) {
  const holders = [
    names.rejects,
    names.late,
    names.warnings,
    names.staged,
    ...tables.map(({ index }) => names.rows(index)),
  ];
  await client.query('begin');
  for (const table of holders) await client.query(`delete from ${table} where file = any($1::int[])`, [files]);
  await client.query('commit');
}
