import { type ErrorOptions, LoadstoneError } from '#contract/errors';
import type { LoadReport, LoadSpec, TableCounts } from '#contract/load';
import { FailedLoad } from '#engine/model/failed-load';
import type { MergeContext } from './merge-context.ts';
import type { Objection } from './objections.ts';
import type { CountedReport } from './record-load.ts';

/** Takes every row of failed files out of the running. */
export async function enlistFailedFiles({
  client,
  names,
  tables,
  live,
}: Pick<MergeContext, 'client' | 'names' | 'tables' | 'live'>): Promise<void> {
  const { rowCount } = await client.query(`select from ${names.staged} where code = 'FILE_HAS_REJECTS' limit 1`);
  if (rowCount === 0) return;
  for (const table of tables) {
    const { rowCount: gone } = await client.query(
      `insert into ${names.dead} select t.file, t.seq, ${table.index} from ${names.rows(table.index)} t
       join ${names.staged} s on s.file = t.file and s.code is not null
       where not exists (select from ${names.dead} d where d.file = t.file and d.seq = t.seq)`,
    );
    live.noteDead(table.index, gone ?? 0);
  }
}

/**
 * With `--on-error file` a file of which SQL rejected a row fails as a whole. Marks such files before the attempt is
 * rolled back.
 * @returns whether there were any: then the merge has to start over without them.
 */
export async function filesWithRejects({
  client,
  names,
  underSavepoints,
}: Pick<MergeContext, 'client' | 'names' | 'underSavepoints'>): Promise<boolean> {
  const { rows } = await client.query<{ file: number; line: number; message: string }>(
    `select distinct on (r.file) r.file, r.line, r.message from ${names.rejects} r join ${names.staged} s on s.file = r.file
     where s.code is null order by r.file, r.seq, r.number`,
  );
  if (rows.length === 0) return false;
  if (!underSavepoints) return true;
  await client.query('rollback to savepoint merging');
  await client.query(
    `update ${names.staged} s set code = 'FILE_HAS_REJECTS', line = f.line,
       message = 'Line ' || f.line || ' was rejected, so nothing of the file was loaded (--on-error file): ' || f.message
     from jsonb_to_recordset($1::jsonb) as f (file int, line int, message text) where s.file = f.file`,
    [JSON.stringify(rows)],
  );
  await client.query('savepoint merging');
  return true;
}

/** @returns what the merge asks with each row that the database refuses: whether looking for more is any use. */
export function refusalLimit({ maxRejects, onError }: LoadSpec): (found: readonly Objection[]) => void {
  const rows = maxRejects !== undefined && 'rows' in maxRejects ? maxRejects.rows : null;
  return (found) => {
    const said = ` The database said: ${found[0]?.text ?? ''}`;
    if (onError === 'abort') throw new LoadstoneError(abortedOnReject(`At least ${found.length} rows`, said));
    if (rows !== null && found.length > rows) {
      throw new LoadstoneError(tooManyRejects(`At least ${found.length}`, rows, said));
    }
  };
}

function abortedOnReject(what: string, example: string): ErrorOptions {
  return {
    code: 'ABORTED_ON_REJECT',
    message: `${what} could not be loaded, and --on-error abort asks for all or nothing: nothing was merged.${example}`,
    remedy: 'Correct them, or load with --on-error row.',
  };
}

function tooManyRejects(rejected: string, limit: number, example: string): ErrorOptions {
  return {
    code: 'TOO_MANY_REJECTS',
    message: `${rejected} rows were rejected, more than --max-rejects allows (${limit}): nothing was merged.${example}`,
    remedy: 'Look at the rejects, correct the mapping or the files, or allow more.',
  };
}

/** @throws FailedLoad ABORTED_ON_REJECT, TOO_MANY_REJECTS, ALL_FILES_FAILED: nothing may be merged. */
export function assertRejectLimits(spec: LoadSpec, report: CountedReport, seconds: number): void {
  const failure = brokenLimit(spec, report);
  if (failure !== null) throw new FailedLoad(failure, unmergedReport(spec, report, seconds));
}

function brokenLimit(spec: LoadSpec, report: CountedReport): ErrorOptions | null {
  const rejected = report.rejects.total;
  const [first] = report.rejects.sample;
  const [failure] = report.files.failures;
  const example = first === undefined ? '' : ` The first: ${first.path}, line ${first.line}: ${first.message}`;
  if (report.files.failed > 0 && report.files.failed === report.files.found) {
    return {
      code: 'ALL_FILES_FAILED',
      message: `All ${report.files.failed} files failed; nothing was merged. The first: ${failure?.message ?? ''}`,
      remedy: 'Correct the files, then load again.',
    };
  }
  if (spec.onError === 'abort' && (rejected > 0 || report.files.failed > 0)) {
    return abortedOnReject(`${rejected} rows and ${report.files.failed} files`, example);
  }
  const limit = rejectLimit(spec, report);
  return limit === null || rejected <= limit ? null : tooManyRejects(`${rejected}`, limit, example);
}

/** What was read and rejected stays true when the merge is rolled back; what it did with the other rows does not. */
function unmergedReport(spec: LoadSpec, report: CountedReport, seconds: number): LoadReport {
  const tables: Record<string, TableCounts> = {};
  for (const [name, counts] of Object.entries(report.tables)) {
    tables[name] = { ...counts, inserted: 0, updated: 0, unchanged: 0, skipped: 0 };
  }
  return { ...report, job: spec.loadId, state: 'failed', files: { ...report.files, loaded: 0 }, tables, seconds };
}

function rejectLimit({ maxRejects }: LoadSpec, report: CountedReport): number | null {
  if (maxRejects === undefined) return null;
  if ('rows' in maxRejects) return maxRejects.rows;
  const read = Object.values(report.tables).reduce((sum, table) => sum + table.read, 0);
  return Math.floor((read * maxRejects.percent) / 100);
}
