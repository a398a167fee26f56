import type { LoadReport, TableCounts } from '#contract/load';
import type { LoadTable } from '#engine/model/load-table';
import { digestFiles } from './digest-files.ts';
import { type MergeContext, type MergedTable, NeedsSavepoints } from './merge-context.ts';

/** Entries of a kind that a report shows; the rest is counted and can be asked for. */
const SAMPLE_REJECTS = 20;
const SAMPLE_NAMES = 20;
const SAMPLE_CONFLICTS = 20;
const LISTED_FAILURES = 1_000;
const LISTED_SKIPPED = 10_000;

export type CountedReport = Omit<
  LoadReport,
  'job' | 'state' | 'seconds' | 'undo' | 'undoBytes' | 'undoDays' | 'review'
>;

/** What is counted of a load that is checked, merged or not. */
export type CountContext = Pick<MergeContext, 'client' | 'names' | 'tables' | 'live'>;

/**
 * Counts everything a user will be told, inside the merge transaction.
 * @throws Error when what was read is not what was accounted for: then the merge must not be committed.
 */
export async function countReport(
  context: MergeContext,
  merged: ReadonlyMap<number, MergedTable>,
): Promise<CountedReport> {
  const tables: Record<string, TableCounts> = {};
  for (const table of context.tables.filter(({ keep }) => keep)) {
    tables[table.name] = await countTable(context, table, merged.get(table.index) as MergedTable);
  }
  return { ...(await countParts(context)), tables };
}

/** All but what became of the rows of each table. */
export async function countParts(context: CountContext): Promise<Omit<CountedReport, 'tables'>> {
  const conflicts = await countConflicts(context);
  const warnings = await countWarnings(context);
  const digest = await digestFiles(context.client, context.names);
  const inside = { code: 'CONFLICT_IN_LOAD' as const, count: conflicts.insideLoad };
  return {
    files: await countFiles(context),
    rejects: await countRejects(context),
    conflicts,
    warnings: conflicts.insideLoad > 0 ? [inside, ...warnings] : warnings,
    bytes: await countBytes(context),
    ...(digest !== undefined && { digest }),
  };
}

async function countConflicts({ client, names, tables }: CountContext): Promise<LoadReport['conflicts']> {
  const { rows } = await client.query<
    Omit<LoadReport['conflicts']['sample'][number], 'table'> & { tab: number; count: string }
  >(
    `select count(*) over () as count, p.path, c.line, c.tab, c.key, f.path as "earlierPath", c.earlier_line as "earlierLine"
     from ${names.conflicts} c join ${names.plan} p on p.id = c.file join ${names.plan} f on f.id = c.earlier_file
     where not exists (select from ${names.dead} d where d.file = c.file and d.seq = c.seq) order by c.file, c.seq limit $1`,
    [SAMPLE_CONFLICTS],
  );
  return {
    insideLoad: Number(rows[0]?.count ?? 0),
    sample: rows.map(({ tab, count: _, ...row }) => ({ ...row, table: (tables[tab] as LoadTable).name })),
  };
}

/** Rows of one table that were read, and those of them that were rejected; without those of files that failed. */
export async function countRead(
  { client, names, live }: CountContext,
  table: LoadTable,
): Promise<Pick<TableCounts, 'read' | 'rejected'>> {
  const { rows } = await client.query<{ staged: string; unstaged: string; rejected: string }>(
    `with r as (select distinct file, seq from ${names.rejects} where tab = $1),
       failed as (select file from ${names.staged} where code is not null)
     select (select count(*) from ${live.relation(table)} where file not in (select file from failed)) as staged,
       (select count(*) from r where file not in (select file from failed)
          and not exists (select from ${names.dead} d where d.file = r.file and d.seq = r.seq)) as unstaged,
       (select count(*) from r where file not in (select file from failed)) as rejected`,
    [table.index],
  );
  return { read: Number(rows[0]?.staged) + Number(rows[0]?.unstaged), rejected: Number(rows[0]?.rejected) };
}

async function countTable(context: MergeContext, table: LoadTable, merged: MergedTable): Promise<TableCounts> {
  const { read, rejected } = await countRead(context, table);
  const { inserted, updated, unchanged, skipped } = merged;
  const counts = { read, inserted, updated, unchanged, skipped, rejected };
  if (read === inserted + updated + unchanged + skipped + rejected) return counts;
  // A rule, or the trigger of a partition, took rows away: looked for one by one, they are found.
  if (!context.underSavepoints) throw new NeedsSavepoints();
  throw new Error(`rows of ${table.name} do not add up: ${JSON.stringify(counts)}; the merge was rolled back`);
}

async function countFiles({ client, names }: CountContext): Promise<LoadReport['files']> {
  const { rows } = await client.query<{ found: string; unchanged: string; failed: string }>(
    `select count(*) as found, count(*) filter (where p.unchanged) as unchanged, count(*) filter (where s.code is not null) as failed
     from ${names.plan} p left join ${names.staged} s on s.file = p.id`,
  );
  const found = Number(rows[0]?.found);
  const unchanged = Number(rows[0]?.unchanged);
  const failed = Number(rows[0]?.failed);
  const failures = await client.query<{
    path: string;
    line: number | null;
    column: number | null;
    code: string;
    message: string;
  }>(
    `select p.path, s.line, s."column", s.code, s.message from ${names.staged} s join ${names.plan} p on p.id = s.file
     where s.code is not null order by s.file limit $1`,
    [LISTED_FAILURES],
  );
  const skipped = await client.query<{ path: string; reason: string; count: string }>(
    `select path, reason, count(*) over () as count from ${names.skipped} order by path collate "C" limit $1`,
    [LISTED_SKIPPED],
  );
  return {
    found,
    loaded: found - unchanged - failed,
    unchanged,
    failed,
    skipped: skipped.rows.map(({ path, reason }) => ({ path, reason })),
    skippedCount: Number(skipped.rows[0]?.count ?? 0),
    failures: failures.rows.map(withoutNulls) as unknown as LoadReport['files']['failures'],
  };
}

function withoutNulls<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<T>;
}

async function countRejects({ client, names, tables }: CountContext): Promise<LoadReport['rejects']> {
  const kept = tables.filter(({ keep }) => keep).map(({ index }) => index);
  const counted = `select distinct on (r.file, r.seq) r.* from ${names.rejects} r
    where r.tab = any($1::int[]) and not exists (select from ${names.staged} s where s.file = r.file and s.code is not null)
    order by r.file, r.seq, r.number`;
  const reasons = await client.query<{ code: string; count: string }>(
    `select code, count(*) as count from (${counted}) c group by code order by count(*) desc, code`,
    [kept],
  );
  const sample = await client.query<Record<string, string | number | null> & { tab: number; col: number | null }>(
    `select p.path, c.line, c.tab, c.col, c.field, c.value, c.code, c.message from (${counted}) c join ${names.plan} p on p.id = c.file
     order by c.file, c.seq limit $2`,
    [kept, SAMPLE_REJECTS],
  );
  return {
    total: reasons.rows.reduce((sum, row) => sum + Number(row.count), 0),
    byReason: Object.fromEntries(reasons.rows.map((row) => [row.code, Number(row.count)])),
    sample: sample.rows.map(({ tab, col, ...row }) => {
      const table = tables[tab] as LoadTable;
      const column = col === null ? null : (table.columns[col]?.written ?? null);
      return withoutNulls({ ...row, table: table.name, column });
    }) as unknown as LoadReport['rejects']['sample'],
  };
}

type Warning = LoadReport['warnings'][number];

async function countWarnings({ client, names }: CountContext): Promise<LoadReport['warnings']> {
  const { rows } = await client.query<{ code: Warning['code']; count: string }>(
    `select code, coalesce(sum(count) filter (where name is null), 0) + count(distinct name) as count from (
       select file, code, count, name from ${names.warnings}
       union all select n.file, 'REFERENCE_NULLED', 1, null from ${names.nulled} n
         where not exists (select from ${names.dead} d where d.file = n.file and d.seq = n.seq)) w
     where not exists (select from ${names.staged} s where s.file = w.file and s.code is not null)
     group by code order by code`,
  );
  const named = await client.query<{ code: Warning['code']; name: string; files: string; path: string }>(
    `select w.code, w.name, count(distinct w.file) as files, min(p.path collate "C") as path
     from ${names.warnings} w join ${names.plan} p on p.id = w.file
     where w.name is not null
       and not exists (select from ${names.staged} s where s.file = w.file and s.code is not null)
     group by w.code, w.name order by files desc, w.name collate "C" limit $1`,
    [SAMPLE_NAMES],
  );
  return rows.map((row) => {
    const own = named.rows.filter(({ code }) => code === row.code);
    const told = own.map(({ name, files, path }) => ({ name, files: Number(files), path }));
    return { code: row.code, count: Number(row.count), ...(told.length > 0 && { names: told }) };
  });
}

async function countBytes({ client, names }: CountContext): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select coalesce(sum(size), 0) as bytes from ${names.staged} where code is null`,
  );
  return Number(rows[0]?.bytes);
}
