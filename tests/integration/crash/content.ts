import { expect } from 'vitest';
import type { LoadReport } from '#contract/load';
import { stagingNames } from '#engine/model/staging-names';
import type { TestDatabase } from '#tests/helpers/database';

const TABLES = ['canhan', 'giaychungnhan', 'thuadat', 'hoso'] as const;

/** All rows of all tables as sorted text, without the time at which they were made. */
export async function contentOf(database: TestDatabase, schema = 'public'): Promise<Record<string, readonly string[]>> {
  const content: Record<string, readonly string[]> = {};
  for (const table of TABLES) {
    const rows = await database.query<{ row: string }>(
      `select (to_jsonb(t) - 'created_at')::text as row from ${schema}.${table} t order by 1`,
    );
    content[table] = rows.map(({ row }) => row);
  }
  return content;
}

/** What a report counts, without what differs from run to run. */
export function countsOf(report: LoadReport | null | undefined) {
  if (!report) return report;
  const { job: _, undo: _undo, seconds: _seconds, bytes: _bytes, undoBytes: _undoBytes, ...counts } = report;
  return counts;
}

/** What an uninterrupted load leaves, and every other must. */
export interface Reference {
  readonly content: Record<string, readonly string[]>;
  readonly counts: ReturnType<typeof countsOf>;
}

/** The load is in, once: content and counts of the reference, one row in each log, its files once, no staging left. */
export async function expectLoaded(database: TestDatabase, loadId: string, reference: Reference): Promise<void> {
  const content = await contentOf(database);
  for (const table of TABLES) expect(content[table]?.length, `rows of ${table}`).toBe(reference.content[table]?.length);
  expect(content).toEqual(reference.content);
  const loads = await database.query<{ report: LoadReport }>('select report from loadstone.loads where load_id = $1', [
    loadId,
  ]);
  expect(loads.map(({ report }) => countsOf(report))).toEqual([reference.counts]);
  const [files] = await database.query('select count(*)::int as n from loadstone.files where load_id = $1', [loadId]);
  expect(files).toEqual({ n: reference.counts?.files.loaded });
  const audited = await database.query('select action from loadstone.audit where load_id = $1', [loadId]);
  expect(audited, 'one entry of the audit log').toEqual([{ action: 'merged' }]);
  const rejects = await database.query('select from loadstone.rejects where load_id = $1', [loadId]);
  expect(rejects).toHaveLength(reference.counts?.rejects.total ?? -1);
  expect(await stagingOf(database, loadId), 'the staging schema is dropped').toBe(false);
}

export async function stagingOf(database: TestDatabase, loadId: string): Promise<boolean> {
  const schema = stagingNames(loadId).schemaName;
  return (await database.query('select from pg_namespace where nspname = $1', [schema])).length > 0;
}
