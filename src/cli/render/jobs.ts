import type { UndoResult } from '#contract/worker-messages';
import type { JobEvent, JobRecord } from '#host/job-host';
import { renderError } from './error-text.ts';
import { loadFacts, serverText } from './job-facts.ts';
import { renderLoadSummary } from './load-summary.ts';
import { count, counted } from './numbers.ts';
import { statement } from './sql.ts';
import { renderCreated } from './tables.ts';
import { renderTable } from './text-table.ts';
import { visible } from './visible.ts';

const COLUMNS = [
  { title: 'job', right: true },
  { title: 'kind' },
  { title: 'state' },
  { title: 'when' },
  { title: 'mapping' },
  { title: 'target' },
  { title: 'rows', right: true },
  { title: 'rejects', right: true },
];

/** `2026-11-22 00:24:07`, in the reader's time zone. */
function localTime(iso: string): string {
  const time = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

function stateText(job: JobRecord, jobs: readonly JobRecord[] = []): string {
  const { dryRun, retryOf } = loadFacts(job);
  const retried = jobs.find(({ loadId }) => loadId === retryOf);
  const notes = [
    ...(dryRun ? ['dry run'] : []),
    ...(retryOf === null ? [] : [retried === undefined ? 'retry' : `retry of ${retried.number}`]),
  ];
  return job.state.replaceAll('_', ' ') + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
}

/** @returns the history as a table. */
export function renderJobs(jobs: readonly JobRecord[]): string {
  const number = (value: number | null) => (value === null ? '' : count(value));
  const rows = jobs.map((job) => [
    String(job.number),
    job.kind,
    stateText(job, jobs),
    localTime(job.createdAt),
    job.spec.mapping.name,
    serverText(job.spec.connection),
    number(loadFacts(job).rows),
    number(loadFacts(job).rejects),
  ]);
  return renderTable(COLUMNS, rows);
}

/** @returns one job: what was asked, how it went, what it did. */
export function renderJob(job: JobRecord, events: readonly JobEvent[]): string {
  const { spec, error } = job;
  const facts = [
    ['state', stateText(job)],
    ['mapping', spec.mapping.name],
    ['target', serverText(spec.connection) + (spec.schema === undefined ? '' : `, schema ${spec.schema}`)],
    ...(loadFacts(job).retryOf === null ? [] : [['retry of load', loadFacts(job).retryOf ?? '']]),
    ...loadFacts(job).paths.map((path) => ['path', path]),
    ...(job.kind === 'tables' ? [['policy', job.spec.policy]] : []),
    [`${job.kind === 'load' ? 'load' : 'order'} id`, job.loadId],
  ];
  const history = events.map(({ at, event }) => `  ${localTime(at)}  ${visible(event.replaceAll('_', ' '))}\n`);
  return [
    `Job ${job.number}\n`,
    ...facts.map(([name, value]) => `  ${`${name}:`.padEnd(9)} ${visible(value ?? '')}\n`),
    `\nHistory\n${history.join('')}`,
    error === null ? '' : `\n${renderError(error)}`,
    renderReport(job),
  ].join('');
}

function renderReport(job: JobRecord): string {
  if (job.report === null) return '';
  if (job.kind === 'tables')
    return `\n${renderCreated(job.report, undefined)}\n${job.report.ddl.map(statement).join('')}`;
  const { report, spec, number } = job;
  return `\n${renderLoadSummary(report, { job: String(number), dryRun: spec.dryRun, colour: false })}`;
}

/** @returns per table what an undo took back; conflicts are rows that were changed after the load, left as they are. */
export function renderUndo(number: number, tables: UndoResult['tables']): string {
  const rows = Object.entries(tables).map(([name, { removed, restored, conflicts }]) => [
    name,
    count(removed),
    count(restored),
    count(conflicts),
  ]);
  const conflicts = Object.values(tables).reduce((sum, table) => sum + table.conflicts, 0);
  const columns = ['removed', 'restored', 'conflicts'].map((title) => ({ title, right: true }));
  const left =
    conflicts > 0
      ? `\n${counted(conflicts, 'row')} changed since the load, or needed by other rows: left as they are.\n`
      : '';
  return `Job ${number} is undone.\n\n${renderTable([{ title: 'table' }, ...columns], rows)}${left}`;
}
