import type { JobDetail } from '#contract/api/job-views';
import { connectionText } from '#contract/connection-text';
import { undoResultSchema } from '#contract/undo';
import type { JobEvent, JobRecord } from '#host/job-host';
import { ACTION_ENDS } from '#host/jobs/job-record';
import { renderError } from './error-text.ts';
import { loadFacts } from './job-facts.ts';
import { renderLoadSummary } from './load-summary.ts';
import { age, bytes, count } from './numbers.ts';
import { statement } from './sql.ts';
import { renderCreated } from './tables.ts';
import { renderTable } from './text-table.ts';
import { localTime } from './times.ts';
import { keptText, renderTakenBack } from './undo.ts';
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

/** @param jobs among which the load is looked for that a retry belongs to. */
function stateText(job: JobRecord, jobs: readonly JobRecord[] = []): string {
  const { dryRun, retryOf } = loadFacts(job);
  const retried = jobs.find(({ loadId }) => loadId === retryOf);
  const staged = waitingText(job);
  const notes = [
    ...(dryRun ? ['dry run'] : []),
    ...(retryOf === null ? [] : [retried === undefined ? 'retry' : `retry of ${retried.number}`]),
    ...(staged === null ? [] : [staged]),
  ];
  return job.state.replaceAll('_', ' ') + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
}

/** What waits on the server, and for how long. */
function waitingText(job: JobRecord): string | null {
  if (job.kind !== 'load' || job.review === null) return null;
  return `${bytes(job.review.stagedBytes)} for ${age(job.review.checkedAt)}`;
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
    connectionText(job.spec.connection),
    number(loadFacts(job).rows),
    number(loadFacts(job).rejects),
  ]);
  return renderTable(COLUMNS, rows);
}

/** @returns what became of a job that was to be cancelled: a run, or an undo that another process does. */
export function renderCancelled({ number, state, endedAt, busyWith }: JobRecord): string {
  if (busyWith !== null) return `Job ${number} is still being ${ACTION_ENDS[busyWith]}: that has not ended yet.\n`;
  const ends = endedAt === null ? ', and has not ended yet.' : '.';
  const resume = state === 'cancelled' ? ` "loadstone jobs resume ${number}" goes on with it.` : '';
  return `Job ${number} is ${state.replaceAll('_', ' ')}${ends}${resume}\n`;
}

/** @returns one job: what was asked, how it went, what it did. */
export function renderJob(job: JobRecord, events: readonly JobEvent[], undo?: JobDetail['undo']): string {
  const { spec, error } = job;
  const facts = [
    ['state', stateText(job)],
    ['mapping', spec.mapping.name],
    ['target', connectionText(spec.connection) + (spec.schema === undefined ? '' : `, schema ${spec.schema}`)],
    ...(loadFacts(job).retryOf === null ? [] : [['retry of load', loadFacts(job).retryOf ?? '']]),
    ...loadFacts(job).paths.map((path) => ['path', path]),
    ...(job.kind === 'tables' ? [['policy', job.spec.policy]] : []),
    [`${job.kind === 'load' ? 'load' : 'order'} id`, job.loadId],
    ...(undo === undefined ? [] : [['undo', keptText(undo)]]),
  ];
  const history = events.map(({ at, event }) => `  ${localTime(at)}  ${visible(event.replaceAll('_', ' '))}\n`);
  return [
    `Job ${job.number}\n`,
    ...facts.map(([name, value]) => `  ${`${name}:`.padEnd(9)} ${visible(value ?? '')}\n`),
    `\nHistory\n${history.join('')}`,
    error === null ? '' : `\n${renderError(error)}`,
    renderReport(job),
    renderUndone(events),
  ].join('');
}

/** What the undo of a job took back, as its history tells. */
function renderUndone(events: readonly JobEvent[]): string {
  const undone = undoResultSchema.safeParse(events.findLast(({ event }) => event === 'undone')?.facts);
  return undone.success ? `\nUndone\n${renderTakenBack(undone.data)}` : '';
}

function renderReport(job: JobRecord): string {
  if (job.report === null) return '';
  if (job.kind === 'tables')
    return `\n${renderCreated(job.report, undefined)}\n${job.report.ddl.map(statement).join('')}`;
  const { report, spec, number } = job;
  return `\n${renderLoadSummary(report, { job: String(number), dryRun: spec.dryRun, colour: false })}`;
}
