import type { ImportedCorrections } from '#contract/api/reject-corrections';
import type { LoadReport } from '#contract/load';
import type { JobHandle, LoadOutcome } from '#host/job-host';
import { type CliContext, printJson } from '../context.ts';
import { EXIT, exitCodeOfError, exitCodeOfState } from '../exit-codes.ts';
import { renderError } from '../render/error-text.ts';
import { renderLoadSummary } from '../render/load-summary.ts';
import { renderRetry, retriedRows } from '../render/retry.ts';
import { renderUnmerged } from '../render/unmerged.ts';
import { followJob } from './follow-job.ts';

interface FollowOptions {
  readonly json: boolean;
  readonly dryRun: boolean;
  /** It loads the rejects of a job. */
  readonly retry?: { readonly of: number; readonly imported?: ImportedCorrections };
}

/**
 * Shows a running load, passes Ctrl-C on to it, and tells how it ended.
 * @returns the exit code
 */
export async function followLoad(
  context: CliContext,
  handle: JobHandle<LoadOutcome>,
  options: FollowOptions,
): Promise<number> {
  const words = {
    begins: `${options.dryRun ? 'Dry run' : 'Load'} ${handle.number} begins.\n`,
    stopping: 'Stopping after the current batch … (Ctrl-C again kills)\n',
  };
  // A program that reads the document needs no lines meanwhile; a person at a terminal still sees the bar.
  const outcome = await followJob(context, handle, words, { words: !options.json, lines: !options.json });
  if (outcome === 'killed') return tellKilled(context, handle.number, options);
  return tellOutcome(context, outcome, options);
}

async function tellKilled(context: CliContext, number: number, { json }: FollowOptions): Promise<number> {
  context.terminal.err(`Load ${number} was killed. "loadstone jobs resume ${number}" goes on with it.\n`);
  if (json) await printJson(context, { job: String(number), state: 'interrupted', resume: resumeCommand(number) });
  return EXIT.cancelled;
}

async function tellOutcome(context: CliContext, outcome: LoadOutcome, options: FollowOptions): Promise<number> {
  const { terminal } = context;
  const { report, error, state } = outcome;
  const failed = state === 'failed' && error !== undefined;
  const code = failed ? exitCodeOfError(error.code) : exitCodeOfState(state, report?.files.failed ?? 0);
  if (error !== undefined) terminal.err(renderError(error, terminal.colour));
  if (options.json) await printJson(context, { ...retryFacts(outcome, options), ...documentOf(outcome) });
  // What was asked for wrongly is to be asked again; there is nothing to sum up or to resume.
  else if (report !== undefined || code !== EXIT.wrongInput) terminal.err(summaryOf(outcome, options, terminal.colour));
  return code;
}

function summaryOf(
  { number, state, report, progress }: LoadOutcome,
  { dryRun, retry }: FollowOptions,
  colour: boolean,
): string {
  const job = String(number);
  if (report === undefined) return renderUnmerged({ job, state, progress, dryRun });
  const summary = renderLoadSummary(report, { job, dryRun, colour });
  return retry === undefined || state === 'failed'
    ? summary
    : renderRetry(retriedRows(report), { ...retry, dryRun }) + summary;
}

/** Whose rejects they were, what was corrected, and how many rows are loaded now or still are not. */
function retryFacts({ state, report }: LoadOutcome, { retry }: FollowOptions): Readonly<Record<string, unknown>> {
  if (retry === undefined) return {};
  const { of, imported } = retry;
  return {
    retryOf: String(of),
    ...(imported !== undefined && { imported }),
    ...(report !== undefined && state !== 'failed' && retriedRows(report)),
  };
}

function resumeCommand(number: number): string {
  return `loadstone jobs resume ${number}`;
}

/** The report where there is one; else what is known of a load that merged nothing. */
function documentOf({ number, state, report, error, progress }: LoadOutcome): Readonly<Record<string, unknown>> {
  const failure = error === undefined ? {} : { error };
  if (report !== undefined) return { ...failure, ...report };
  const { files, rows, rejected } = progress;
  return {
    ...failure,
    job: String(number),
    state,
    files: { found: files.total, loaded: 0, staged: files.done - files.failed, failed: files.failed },
    tables: {} satisfies LoadReport['tables'],
    rows: { staged: rows, rejected },
    resume: resumeCommand(number),
  };
}
