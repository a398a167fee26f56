import type { Host } from '#host/job-host';
import { undoKept } from '#host/undo-kept';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { OutputOptions } from '../options/common.ts';
import { jobDocument, jobLine } from '../render/job-facts.ts';
import { renderCancelled, renderJob, renderJobs } from '../render/jobs.ts';

export async function runJobsList(context: CliContext, options: OutputOptions): Promise<number> {
  const jobs = await withHost(context, options, {}, async (host) => host.listJobs());
  if (options.json) await printJson(context, { jobs: jobs.map(jobLine) });
  else if (jobs.length === 0)
    context.terminal.err('There are no jobs yet. "loadstone load --help" shows how to load.\n');
  else await context.terminal.out(renderJobs(jobs));
  return EXIT.done;
}

export async function runJobsShow(context: CliContext, number: number, options: OutputOptions): Promise<number> {
  const { job, events, undo } = await withHost(context, options, {}, async (host) => {
    const shown = host.showJob(number);
    return { ...shown, undo: undoKept(shown.job, shown.events, host.undoDays) };
  });
  if (options.json) await printJson(context, { ...jobDocument(job), ...(undo !== undefined && { undo }), events });
  else await context.terminal.out(renderJob(job, events, undo));
  return EXIT.done;
}

/** What became of the job, for both kinds of reader. */
interface Change {
  readonly text: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly code: number;
}

export async function runJobsChange(
  context: CliContext,
  number: number,
  action: 'discard' | 'cancel',
  options: OutputOptions,
): Promise<number> {
  const { signal } = context.interrupts;
  const change = await withHost(context, options, {}, async (host) => {
    switch (action) {
      case 'discard':
        await host.discard(number, { signal });
        return discarded(number);
      case 'cancel':
        return cancel(host, number);
      default:
        return action satisfies never;
    }
  });
  context.terminal.err(change.text);
  if (options.json) await printJson(context, change.document);
  return change.code;
}

function discarded(number: number): Change {
  const text = `Job ${number} is discarded: what it had staged is dropped.\n`;
  return { text, document: { job: String(number), state: 'discarded' }, code: EXIT.done };
}

async function cancel(host: Host, number: number): Promise<Change> {
  const job = await host.cancel(number);
  const { busyWith } = job;
  const document = { ...jobLine(job), ...(busyWith !== null && { busyWith }) };
  const ended = job.endedAt !== null && busyWith === null;
  return { text: renderCancelled(job), document, code: ended ? EXIT.done : EXIT.failed };
}
