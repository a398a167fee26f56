import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { LoadReport, LoadSpec, TableCounts } from '#contract/load';
import { type Mapping, type MappingInput, mappingSchema } from '#contract/mapping';
import type { UndoConflict, UndoResult } from '#contract/undo';
import { finishLoad, pageUndoConflicts, prepareLoad, readRejects, stageChunks, undoMergedLoad } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import type { TestDatabase } from '#tests/helpers/database';

/** Loads in this process, over the engine's own steps and one connection, without host and workers. */

export type LoadChanges = Partial<Omit<LoadSpec, 'mapping' | 'paths'>> & {
  /** Called between the scan and the staging. */
  readonly afterScan?: () => void | Promise<void>;
  /** For how many days it can be undone; null: for ever. */
  readonly undoDays?: number | null;
};

export interface LoadRun {
  readonly loadId: string;
  readonly report: LoadReport;
}

/** Writes files below a folder; names may hold folders. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

export function loadSpec(
  paths: string | readonly string[],
  mapping: MappingInput,
  changes: LoadChanges = {},
): LoadSpec {
  const { afterScan: _, undoDays: __, ...given } = changes;
  return {
    loadId: randomUUID(),
    paths: [paths].flat(),
    mapping: mappingSchema.parse(mapping) satisfies Mapping,
    connection: { kind: 'embedded' },
    onError: 'row',
    workers: 1,
    batchSize: 20_000,
    dryRun: false,
    skipLoaded: true,
    ...given,
  };
}

/** Runs a whole load. @throws what the load ends with. */
export async function runLoad(
  { target }: Pick<TestDatabase, 'target'>,
  paths: string | readonly string[],
  mapping: MappingInput,
  changes: LoadChanges = {},
): Promise<LoadRun> {
  const spec = loadSpec(paths, mapping, changes);
  const session = new DirectSession(target);
  const run = {
    spec,
    signal: AbortSignal.timeout(60_000),
    onRetry: () => undefined,
    onProgress: () => undefined,
    onTiming: () => undefined,
  };
  try {
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
    await changes.afterScan?.();
    const waiting = [...chunks];
    await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    const { undoDays } = changes;
    const kept = undoDays === undefined ? {} : { undoDays };
    const report = await finishLoad(session, { ...run, ...kept, fence, startedAt: Date.now() });
    return { loadId: spec.loadId, report };
  } finally {
    await session.close();
  }
}

/** The facts of the error a load ends with; fails when it does not end with one. */
export async function failureOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  const thrown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof LoadstoneError)) throw thrown;
  return { code: thrown.code, message: thrown.message };
}

export async function undoRun({ target }: Pick<TestDatabase, 'target'>, run: LoadRun): Promise<UndoResult['tables']> {
  const session = new DirectSession(target);
  try {
    const options = { loadId: run.loadId, signal: AbortSignal.timeout(60_000), onRetry: () => undefined };
    return (await undoMergedLoad(session, options)).tables;
  } finally {
    await session.close();
  }
}

/** What an undo left, a line for each row: `table key=value act reason other×rows by undo path:line`. */
export async function conflictLines({ target }: Pick<TestDatabase, 'target'>, run: LoadRun): Promise<string[]> {
  const session = new DirectSession(target);
  try {
    const request = { loadId: run.loadId, after: 0, limit: 1_000 };
    const page = await pageUndoConflicts(session, request, { signal: AbortSignal.timeout(60_000) });
    expect(page.conflicts.map(({ number }) => number)).toEqual(page.conflicts.map((_, index) => index + 1));
    expect(page.matching).toBe(page.conflicts.length);
    expect(page.counts.reduce((sum, { count }) => sum + count, 0)).toBe(page.matching);
    return page.conflicts.map(conflictLine);
  } finally {
    await session.close();
  }
}

export function conflictLine({ table, key, act, reason, other, by }: UndoConflict): string {
  const keys = Object.entries(key).map(([column, value]) => `${column}=${value}`);
  const named = other === undefined ? '' : other.rows === undefined ? other.table : `${other.table}×${other.rows}`;
  const who = by === undefined ? '' : ['by', by.undo ? 'undo' : '', by.path && `${by.path}:${by.line}`];
  return [table, ...keys, act, reason, named, ...who].filter((part) => part).join(' ');
}

/** What a load said and what the database holds after it, short enough to be compared as one value. */
export interface Outcome {
  /** Only counts that are not zero: `3 read, 2 inserted, 1 rejected`. */
  readonly counts: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** `file:line table.column "value" CODE`, as far as each is known. */
  readonly rejects?: readonly string[];
  readonly warnings?: Readonly<Record<string, number>>;
  /** `file:line CODE` of files of which nothing was loaded. */
  readonly failed?: readonly string[];
  /** `file:line table key after file:line` of rows that contradict an earlier one of the load. */
  readonly conflicts?: readonly string[];
}

/** Loads, checks that the report's numbers are the database's own, and sums up. */
export async function outcomeOf(
  { target }: Pick<TestDatabase, 'target'>,
  paths: string | readonly string[],
  mapping: MappingInput,
  changes: LoadChanges = {},
): Promise<Outcome> {
  const kept = mappingSchema.parse(mapping).tables.filter(({ keep }) => keep);
  const tables = kept.map(({ name }) => ({ name, sql: sqlName(name, mapping, changes.schema) }));
  const client = await openClient(target, { applicationName: 'test helper' });
  try {
    const query = async (sql: string) => (await client.query<{ line: string }>(sql)).rows;
    const before = await countsOf(client, tables);
    const run = await runLoad({ target }, paths, mapping, changes);
    const after = await countsOf(client, tables);
    assertNumbersAgree(run.report, before, after);
    const rows: Record<string, string[]> = {};
    for (const { name, sql } of tables) rows[name] = await rowsOf(query, sql);
    return { ...(await said(target, run)), rows };
  } finally {
    await closeClient(client);
  }
}

async function said(target: ConnectionTarget, { loadId, report }: LoadRun): Promise<Omit<Outcome, 'rows'>> {
  const rejects = await rejectLines(target, loadId);
  const failed = report.files.failures.map(({ path, line, code }) => `${path}${line ? `:${line}` : ''} ${code}`);
  const conflicts = report.conflicts.sample.map(
    ({ path, line, table, key, earlierPath, earlierLine }) =>
      `${path}:${line} ${table} ${key} after ${earlierPath}:${earlierLine}`,
  );
  return {
    counts: Object.fromEntries(Object.entries(report.tables).map(([table, counts]) => [table, countLine(counts)])),
    ...(rejects.length > 0 && { rejects }),
    ...(report.warnings.length > 0 && {
      warnings: Object.fromEntries(report.warnings.map(({ code, count }) => [code, count])),
    }),
    ...(failed.length > 0 && { failed }),
    ...(conflicts.length > 0 && { conflicts }),
  };
}

export function countLine(counts: TableCounts): string {
  const parts = Object.entries(counts).filter(([, count]) => count !== 0);
  return parts.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing';
}

type Counts = Readonly<Record<string, number>>;

/** What cli.md promises of the numbers, and that tables grew by what was said to be inserted. */
function assertNumbersAgree({ files, tables, rejects }: LoadReport, before: Counts, after: Counts): void {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const counts = Object.entries(tables);
  expect({
    read: counts.map(([table, { read }]) => [table, read]),
    inserted: counts.map(([table, { inserted }]) => [table, inserted]),
    found: files.found,
    rejects: rejects.total,
    byReason: rejects.total,
  }).toEqual({
    read: counts.map(([table, { read: _, ...parts }]) => [table, sum(Object.values(parts))]),
    inserted: counts.map(([table]) => [table, (after[table] ?? 0) - (before[table] ?? 0)]),
    found: files.loaded + files.unchanged + files.failed,
    rejects: sum(counts.map(([, { rejected }]) => rejected)),
    byReason: sum(Object.values(rejects.byReason)),
  });
}

/** All rejects of a load, as `loadstone rejects` lists them. */
export async function rejectLines(target: ConnectionTarget, loadId: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of readRejects({ target, loadId, signal: AbortSignal.timeout(60_000) })) {
    const { path, line, table, column, value, code } = entry;
    const where = column === undefined ? table : `${table}.${column}`;
    lines.push([`${path}:${line}`, where, ...(value === undefined ? [] : [JSON.stringify(value)]), code].join(' '));
  }
  return lines;
}

function sqlName(written: string, { quoteNames }: MappingInput, schema: string | undefined): string {
  const parts = schema !== undefined && !written.includes('.') ? [schema, written] : written.split('.');
  return parts.map((part) => `"${quoteNames === true ? part : part.toLowerCase()}"`).join('.');
}

interface NamedTable {
  readonly name: string;
  readonly sql: string;
}

async function countsOf(client: PgClient, tables: readonly NamedTable[]): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const { name, sql } of tables) {
    const { rows: found } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
      sql,
    ]);
    if (!found[0]?.found) continue;
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${sql}`);
    counts[name] = Number(rows[0]?.count);
  }
  return counts;
}

/**
 * All rows of a table as `column=value, …` in the table's order of columns, nulls left out, sorted. Times of creation
 * differ from run to run and are left out.
 */
export async function rowsOf(
  query: (sql: string) => Promise<{ readonly line: string }[]>,
  table: string,
): Promise<string[]> {
  const rows = await query(
    `select coalesce((select string_agg(e.key || '=' || e.value, ', ' order by e.place)
       from json_each_text(row_to_json(whole_row)) with ordinality e(key, value, place)
       where e.value is not null and e.key <> 'created_at'), '') as line from ${table} whole_row`,
  );
  return rows.map(({ line }) => line).sort();
}
