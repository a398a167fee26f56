import type { JobProgress } from '#contract/jobs';
import { bytes, count, counted } from './numbers.ts';
import { clip, visible } from './visible.ts';

const BAR_CELLS = 24;
/** Below this width the bar would leave no room for the numbers. */
const LEAST_COLUMNS_FOR_BAR = 70;

const PHASES: Readonly<Record<JobProgress['phase'], string>> = {
  queued: 'waiting for another job',
  starting: 'starting',
  scan: 'looking for files',
  stage: 'staging',
  check: 'checking',
  merge: 'merging',
  create: 'creating tables',
};

/** The share that is done: by bytes where sizes are known, since files differ. */
function share({ files, bytes: size, statements, merge }: JobProgress): number {
  if (statements !== undefined) return statements.total > 0 ? statements.done / statements.total : 1;
  if (merge !== undefined) return merge.total > 0 ? merge.done / merge.total : 1;
  if (size.total > 0) return Math.min(1, size.done / size.total);
  return files.total > 0 ? Math.min(1, files.done / files.total) : 0;
}

function facts(progress: JobProgress): string {
  if (progress.phase === 'create') return statementsText(progress);
  if (progress.merge !== undefined) return `${count(progress.merge.done)} of ${counted(progress.merge.total, 'row')}`;
  const { files, rows, rejected, rowsPerSecond, phase } = progress;
  return [
    `${count(files.done)} of ${counted(files.total, 'file')}`,
    ...(files.failed > 0 ? [`${count(files.failed)} failed`] : []),
    // A load that waited has not counted them again.
    ...(rows === 0 && phase === 'check' ? [] : [counted(rows, 'row')]),
    ...(phase === 'stage' && rowsPerSecond > 0 ? [`${count(Math.round(rowsPerSecond))} rows/s`] : []),
    ...(rejected > 0 ? [`${count(rejected)} rejected`] : []),
  ].join(', ');
}

/** How far the statements of a job that creates tables are. */
function statementsText({ statements }: JobProgress): string {
  return statements === undefined
    ? 'comparing them with the mapping'
    : `${count(statements.done)} of ${counted(statements.total, 'statement')}`;
}

function phaseText({ phase, table, merge }: JobProgress): string {
  if (merge?.part === 'keys') return 'building keys and references';
  return table === undefined ? PHASES[phase] : `${PHASES[phase]} ${visible(table)}`;
}

/** @returns one line for a place that is not redrawn: a log, a pipe. */
export function plainLine(progress: JobProgress): string {
  const size = progress.bytes.total > 0 ? ` (${bytes(progress.bytes.done)} of ${bytes(progress.bytes.total)})` : '';
  return `${phaseText(progress)}: ${facts(progress)}${progress.phase === 'stage' ? size : ''}`;
}

/** @returns a line with a bar that fits `columns` and may be redrawn over itself. */
export function barLine(progress: JobProgress, columns: number): string {
  if (progress.files.total === 0 && progress.statements === undefined) return clip(phaseText(progress), columns - 1);
  const done = share(progress);
  const filled = Math.round(done * BAR_CELLS);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}] ${String(Math.floor(done * 100)).padStart(3)}%  `;
  const text = `${phaseText(progress)}  ${columns >= LEAST_COLUMNS_FOR_BAR ? bar : ''}${facts(progress)}`;
  return clip(text, columns - 1);
}
