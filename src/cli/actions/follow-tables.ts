import type { TablesReport } from '#contract/tables-plan';
import type { JobHandle, TablesOutcome } from '#host/job-host';
import { type CliContext, printJson } from '../context.ts';
import { EXIT, exitCodeOfError, exitCodeOfState } from '../exit-codes.ts';
import { renderError } from '../render/error-text.ts';
import { statement } from '../render/sql.ts';
import { renderCreated } from '../render/tables.ts';
import { followJob } from './follow-job.ts';

interface FollowOptions {
  readonly json: boolean;
  /** Where the mapping without columns that were left out is to be written. */
  readonly out?: string | undefined;
  /** Writes it; the tables are done by then. */
  readonly onDone?: (report: TablesReport) => Promise<void>;
}

/**
 * Shows a running job that creates tables, passes Ctrl-C on to it, and tells how it ended.
 * @returns the exit code
 */
export async function followTables(
  context: CliContext,
  handle: JobHandle<TablesOutcome>,
  options: FollowOptions,
): Promise<number> {
  const { number } = handle;
  const words = { begins: `Job ${number} begins.\n`, stopping: 'Stopping … (Ctrl-C again kills)\n' };
  const outcome = await followJob(context, handle, words, { words: !options.json, lines: false });
  if (outcome === 'killed') return tellStopped(context, { number, state: 'interrupted' }, options);
  const { error, report, state } = outcome;
  if (report !== undefined) return tellDone(context, number, report, options);
  if (error === undefined) return tellStopped(context, { number, state }, options);
  context.terminal.err(renderError(error, context.terminal.colour));
  if (options.json) await printJson(context, { error, job: String(number), state });
  return exitCodeOfError(error.code);
}

async function tellDone(
  context: CliContext,
  number: number,
  report: TablesReport,
  { json, out, onDone }: FollowOptions,
): Promise<number> {
  await onDone?.(report);
  await tellCreated(context, report, { json, out, job: number });
  return EXIT.done;
}

interface TellOptions {
  readonly json: boolean;
  readonly out?: string | undefined;
  /** None of a dry run. */
  readonly job?: number;
}

/** What was done, or in a dry run would be; the DDL as a script that psql takes. */
export async function tellCreated(
  context: CliContext,
  report: TablesReport,
  { json, out, job }: TellOptions,
): Promise<void> {
  if (json) return printJson(context, { ...report, ...(job !== undefined && { job: String(job) }) });
  if (!report.edited) await context.terminal.out(report.ddl.map(statement).join(''));
  context.terminal.err(renderCreated(report, out));
}

async function tellStopped(
  context: CliContext,
  { number, state }: Pick<TablesOutcome, 'number' | 'state'>,
  { json }: FollowOptions,
): Promise<number> {
  const resume = `loadstone jobs resume ${number}`;
  const was = state === 'interrupted' ? 'killed' : state.replaceAll('_', ' ');
  const changed = state === 'interrupted' ? '' : ' Nothing was changed.';
  context.terminal.err(`Job ${number} was ${was}.${changed}\n\nRun it again:  ${resume}\n`);
  if (json) await printJson(context, { job: String(number), state, resume });
  return state === 'interrupted' ? EXIT.cancelled : exitCodeOfState(state);
}
