import type { JobDetail } from '#contract/api/job-views';
import type { UndoConflict, UndoPruned, UndoResult } from '#contract/undo';
import { placeText } from './error-text.ts';
import { bytes, count, counted } from './numbers.ts';
import { renderTable } from './text-table.ts';
import { localTime } from './times.ts';
import { clip, visible } from './visible.ts';

const CONFLICTS_SHOWN = 10;
const WIDEST_KEY = 60;

/** @returns per table what an undo took back, and what it had to leave, the first of it row by row. */
export function renderUndo(number: number, result: UndoResult, { preview = false } = {}): string {
  const head = preview
    ? `An undo of job ${number} would do this now; nothing was changed.\n`
    : `Job ${number} is undone.\n`;
  return `${head}\n${renderTakenBack(result, preview)}`;
}

/** @returns the same without a headline, for a job that was undone some time ago. */
export function renderTakenBack({ tables, sample }: UndoResult, preview = false): string {
  const rows = Object.entries(tables).map(([name, { removed, restored, conflicts }]) => [
    name,
    count(removed),
    count(restored),
    count(conflicts),
  ]);
  const conflicts = conflictsOf({ tables });
  const columns = ['removed', 'restored', 'conflicts'].map((title) => ({ title, right: true }));
  const left =
    conflicts === 0
      ? ''
      : `\n${counted(conflicts, 'row')} ${preview ? 'would be left' : 'left'} as ${conflicts === 1 ? 'it is' : 'they are'}:\n${renderConflicts(sample, conflicts)}`;
  return `${renderTable([{ title: 'table' }, ...columns], rows)}${left}`;
}

export function conflictsOf({ tables }: Pick<UndoResult, 'tables'>): number {
  return Object.values(tables).reduce((sum, table) => sum + table.conflicts, 0);
}

function renderConflicts(sample: readonly UndoConflict[], total: number): string {
  const shown = sample.slice(0, CONFLICTS_SHOWN);
  const lines = shown.map((conflict) => {
    const key = Object.entries(conflict.key).map(([column, value]) => `${column}=${value}`);
    return `  ${visible(conflict.table)} ${clip(visible(key.join(' ')), WIDEST_KEY)}: ${reasonText(conflict)}\n`;
  });
  const more = total - shown.length;
  return `${lines.join('')}${more > 0 && shown.length > 0 ? `  … and ${count(more)} more\n` : ''}`;
}

function reasonText({ reason, other, by }: UndoConflict): string {
  const table = visible(other?.table ?? '');
  switch (reason) {
    case 'changed_since':
      return `changed since${by === undefined ? '' : ` by ${writerText(by)}`}`;
    case 'referred_to':
      return other?.rows === undefined
        ? `${table} refers to it`
        : `${counted(other.rows, 'row')} of ${table} refer to it`;
    case 'row_gone':
      return 'it is not there any more';
    case 'former_reference_gone':
      return `what it referred to in ${table} is not there any more`;
    case 'value_taken':
      return 'another row holds its former value';
    case 'column_altered':
      return 'a column has another type now';
    case 'refused':
      return 'a trigger or rule of the database kept it';
    default:
      return reason satisfies never;
  }
}

function writerText({ loadId, undo, path, line, job }: NonNullable<UndoConflict['by']>): string {
  const load = job === undefined ? `load ${loadId}` : `job ${job}`;
  if (undo) return `the undo of ${load}`;
  return path === undefined ? load : `${load} (${placeText({ path, ...(line !== undefined && { line }) })})`;
}

/** @returns `12.3 MB, until 2026-12-01 10:00:00` */
export function keptText({ bytes: size, keptUntil }: NonNullable<JobDetail['undo']>): string {
  return `${bytes(size)} kept, ${keptUntil === null ? 'for ever' : `until ${localTime(keptUntil)}`}`;
}

/** @returns what became of the undo data of old loads. */
export function renderPruned(
  { loads, bytes: size, kept, failure }: Omit<UndoPruned, 'loadIds'>,
  dryRun: boolean,
): string {
  const what = loads === 0 ? 'Nothing' : `${bytes(size)} of ${counted(loads, 'load')}`;
  const verb = dryRun ? 'would be dropped' : `${loads === 0 ? 'was' : 'were'} dropped`;
  const after = loads === 0 || dryRun ? '' : ' They cannot be undone any more.';
  const left =
    kept === 0
      ? ''
      : `${counted(kept, 'old load')} stay${kept === 1 ? 's' : ''}: in use, or an older load's undo needs them.\n`;
  return `${what} ${verb}.${after}\n${left}${failure === undefined ? '' : `${visible(failure)}\n`}`;
}
