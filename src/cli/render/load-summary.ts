import { RESUMABLE_STATES } from '#contract/jobs';
import type { LoadReport, TableCounts } from '#contract/load';
import type { RejectEntry } from '#contract/rejects';
import { type Paint, paint } from './colour.ts';
import { placeText } from './error-text.ts';
import { bytes, count, counted, seconds } from './numbers.ts';
import { commandLines, type NextCommand, renderFindings, reviewCommands } from './review.ts';
import { renderTable } from './text-table.ts';
import { clip, visible } from './visible.ts';

const FAILURES_SHOWN = 20;
const REJECTS_SHOWN = 5;
const REASONS_SHOWN = 5;
const NAMES_SHOWN = 10;
const WIDEST_VALUE = 60;

const OUTCOMES: Readonly<Record<LoadReport['state'], string>> = {
  queued: 'waits',
  running: 'runs',
  cancelling: 'is being cancelled',
  waiting_for_review: 'waits for review',
  succeeded: 'is done',
  succeeded_with_rejects: 'is done, with rejects',
  failed: 'failed, nothing was merged',
  cancelled: 'was cancelled, nothing was merged',
  interrupted: 'was interrupted, nothing was merged',
  discarded: 'was discarded',
  undone: 'was undone',
};

const COUNTS = ['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected'] as const;

/** @returns per table what became of its rows, with a line of totals where there are several tables. */
function renderTotals(tables: Readonly<Record<string, TableCounts>>): string {
  const entries = Object.entries(tables);
  const row = (name: string, of: (key: (typeof COUNTS)[number]) => number) => [
    name,
    ...COUNTS.map((key) => count(of(key))),
  ];
  const rows = entries.map(([name, counts]) => row(name, (key) => counts[key]));
  const sum = row('total', (key) => entries.reduce((total, [, counts]) => total + counts[key], 0));
  const columns = [{ title: 'table' }, ...COUNTS.map((title) => ({ title, right: true }))];
  return entries.length === 0 ? '' : renderTable(columns, entries.length > 1 ? [...rows, sum] : rows);
}

function headline(report: LoadReport, job: string, dryRun: boolean, { bold }: Paint): string {
  const { files, review } = report;
  const staged = files.found - files.unchanged - files.failed;
  const parts = [
    `${count(review === undefined ? files.loaded : staged)} of ${counted(files.found, 'file')} ${review === undefined ? 'loaded' : 'staged'}`,
    ...(files.unchanged > 0 ? [`${count(files.unchanged)} unchanged since an earlier load`] : []),
    ...(files.failed > 0 ? [`${count(files.failed)} failed`] : []),
  ];
  const what = `${dryRun ? 'Dry run' : 'Load'} ${job} ${OUTCOMES[report.state]}`;
  const waits = review === undefined ? '' : `Nothing is merged yet; ${bytes(review.stagedBytes)} wait on the server.\n`;
  return `${bold(what)}: ${parts.join(', ')} (${bytes(report.bytes)} in ${seconds(report.seconds)}).\n${waits}`;
}

/** @returns the files that were refused, with the place and the reason. */
export function renderFailures(
  { failures, failed }: Pick<LoadReport['files'], 'failures' | 'failed'>,
  colour = false,
): string {
  if (failures.length === 0) return '';
  const shown = failures.slice(0, FAILURES_SHOWN);
  const more = failed - shown.length;
  const lines = shown.map((failure) => `  ${placeText(failure)}  ${failure.code}  ${visible(failure.message)}\n`);
  return `\n${paint(colour).red('Failed files')}\n${lines.join('')}${more > 0 ? `  … and ${count(more)} more\n` : ''}`;
}

/** @returns one line: `a.xml:4  thuadat.dienTich = "abc"  BAD_VALUE  message` */
export function rejectText(reject: RejectEntry): string {
  const column = reject.column === undefined ? '' : `.${reject.column}`;
  const value = reject.value === undefined ? '' : ` = "${clip(visible(reject.value), WIDEST_VALUE)}"`;
  return `${placeText({ path: reject.path, line: reject.line })}  ${visible(reject.table + column)}${value}  ${reject.code}  ${visible(reject.message)}`;
}

/** @returns how many rows were rejected, why, and the first of them. */
export function renderRejects(rejects: LoadReport['rejects'], colour = false): string {
  if (rejects.total === 0) return '';
  const reasons = Object.entries(rejects.byReason).map(([code, rows]) => `${count(rows)} ${code}`);
  const shown = rejects.sample.slice(0, REJECTS_SHOWN);
  const head = paint(colour).yellow(`${counted(rejects.total, 'row')} rejected`);
  const more = rejects.total > shown.length && shown.length > 0 ? '  …\n' : '';
  return `\n${head}: ${reasons.join(', ')}\n${shown.map((reject) => `  ${rejectText(reject)}\n`).join('')}${more}`;
}

const CONFLICTS_SHOWN = 5;

/** @returns how often the load contradicts itself, and the first places. */
export function renderConflicts({ insideLoad, sample }: LoadReport['conflicts']): string {
  if (insideLoad === 0) return '';
  const lines = sample
    .slice(0, CONFLICTS_SHOWN)
    .map(
      ({ path, line, table, key, earlierPath, earlierLine }) =>
        `  ${placeText({ path, line })}  ${visible(table)} "${clip(visible(key), WIDEST_VALUE)}"  contradicts ${placeText({ path: earlierPath, line: earlierLine })}\n`,
    );
  const more = insideLoad > lines.length ? '  …\n' : '';
  return `\n${counted(insideLoad, 'row')} with a key that came before in this load with other values\n${lines.join('')}${more}`;
}

/** @returns counted warnings, and how many files the include rules left out, by reason. */
export function renderNotes(
  warnings: LoadReport['warnings'],
  { skipped, skippedCount }: Pick<LoadReport['files'], 'skipped' | 'skippedCount'>,
): string {
  const told = warnings.map((warning) => `${count(warning.count)} ${warning.code}`);
  const reasons = [...Map.groupBy(skipped, (file) => file.reason)].sort(([, a], [, b]) => b.length - a.length);
  const shown = reasons
    .slice(0, REASONS_SHOWN)
    .map(
      ([reason, files]) =>
        `  ${count(files.length)}: ${visible(reason)} (${visible(files[0]?.path ?? '')}${files.length > 1 ? ', …' : ''})\n`,
    );
  return [
    ...(told.length > 0 ? [`\nWarnings: ${told.join(', ')}\n`] : []),
    ...warnings.map(renderNames),
    ...(skipped.length > 0 ? [`\n${counted(skippedCount, 'file')} left out\n`, ...shown] : []),
  ].join('');
}

/** What a warning that has names is about. */
const SAID_OF_NAMES = 'in no table, so not loaded:';

/** What one warning is about: `  … brandnew (a.csv), note (3 files, the first is b.csv), …`. */
function renderNames({ count: all, names = [] }: LoadReport['warnings'][number]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, NAMES_SHOWN).map(({ name, files, path }) => {
    const where = files === 1 ? visible(path) : `${counted(files, 'file')}, the first is ${visible(path)}`;
    return `${clip(visible(name), WIDEST_VALUE)} (${where})`;
  });
  return `  ${SAID_OF_NAMES} ${shown.join(', ')}${all > shown.length ? ', …' : ''}\n`;
}

/** What can be done next with the job, as commands to copy. */
function nextCommands(report: LoadReport, job: string, dryRun: boolean): string {
  const waits = report.review !== undefined && report.state === 'waiting_for_review';
  const resumable = RESUMABLE_STATES.includes(report.state) && !waits && !dryRun;
  const lines: readonly NextCommand[] = [
    ...(report.rejects.total > 0 && !dryRun ? ([['See the rejects', `rejects ${job}`]] as const) : []),
    ...(report.undo !== undefined ? ([['Undo this load', `jobs undo ${job}`]] as const) : []),
    ...(resumable ? resumeCommands(job) : []),
    ...(waits && report.review !== undefined ? reviewCommands(job, report.review) : []),
  ];
  return lines.length === 0 ? '' : `\n${commandLines(lines)}`;
}

function resumeCommands(job: string): readonly NextCommand[] {
  return [
    ['Go on where it stopped', `jobs resume ${job}`],
    ['Drop what is staged', `jobs discard ${job}`],
  ];
}

export interface SummaryOptions {
  readonly job: string;
  readonly dryRun: boolean;
  readonly colour: boolean;
}

/** @returns what a load did: totals per table, failed files, rejects, warnings, and what to do next. */
export function renderLoadSummary(report: LoadReport, { job, dryRun, colour }: SummaryOptions): string {
  const colours = paint(colour);
  const totals = renderTotals(report.tables);
  return [
    headline(report, job, dryRun, colours),
    report.review === undefined ? totals && `\n${totals}` : renderFindings(report.review),
    renderFailures(report.files, colour),
    renderRejects(report.rejects, colour),
    renderConflicts(report.conflicts),
    renderNotes(report.warnings, report.files),
    nextCommands(report, job, dryRun),
  ].join('');
}
