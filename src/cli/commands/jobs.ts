import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addOutputOptions,
  addPoolOption,
  addServerOption,
  addTargetOptions,
  type Ended,
  examples,
  type OutputOptions,
  type PruneOptions,
  type ResumeOptions,
  type TraceOptions,
  type UndoOptions,
} from '../options/common.ts';
import { jobNumber, usage, wholeNumber } from '../options/values.ts';
import { addReview } from './review.ts';

const ACTIONS = [
  ...['list', 'show', 'review', 'resolve', 'resolutions', 'merge', 'resume', 'discard', 'undo', 'cancel'],
  ...['trace', 'prune'],
];

/** A hundred years. */
const MOST_DAYS = 36_500;

export function addJobs(program: Command, context: CliContext, ended: Ended): void {
  const jobs = program
    .command('jobs')
    .description('what was loaded, and what can be done about it')
    .helpCommand(false)
    .addHelpText(
      'after',
      examples('loadstone jobs', 'loadstone jobs show 7 --json', 'loadstone jobs resume 7', 'loadstone jobs undo 7'),
    );
  addList(jobs, context, ended);
  addShow(jobs, context, ended);
  addReview(jobs, context, ended);
  addResume(jobs, context, ended);
  addChange(jobs, context, ended, 'discard', 'drop what a stopped job has staged; it cannot be resumed any more');
  addUndo(jobs, context, ended);
  addChange(
    jobs,
    context,
    ended,
    'cancel',
    'stop a running job, also one of another window or command; it can be resumed',
  );
  addTrace(jobs, context, ended);
  addPrune(jobs, context, ended);
}

function addList(jobs: Command, context: CliContext, ended: Ended): void {
  const list = jobs.command('list', { isDefault: true }).description('all jobs, newest first').allowExcessArguments();
  addOutputOptions(list);
  list.addHelpText('after', examples('loadstone jobs', 'loadstone jobs --json'));
  list.action(async (options: OutputOptions, { args: [action] }: Command) => {
    if (action !== undefined)
      throw usage(`There is no "jobs ${action}".`, `After "jobs" comes ${ACTIONS.join(', ')}, or nothing.`);
    const { runJobsList } = await import('../actions/jobs.ts');
    ended(await runJobsList(context, options));
  });
}

function addShow(jobs: Command, context: CliContext, ended: Ended): void {
  const show = jobs
    .command('show')
    .description('one job: its settings, and what it did')
    .argument('<job>', 'its number', jobNumber);
  addOutputOptions(show);
  show.addHelpText('after', examples('loadstone jobs show 7', 'loadstone jobs show 7 --json'));
  show.action(async (job: number, options: OutputOptions) => {
    const { runJobsShow } = await import('../actions/jobs.ts');
    ended(await runJobsShow(context, job, options));
  });
}

function addResume(jobs: Command, context: CliContext, ended: Ended): void {
  const resume = jobs
    .command('resume')
    .description('go on with a cancelled, interrupted or failed job where it stopped; merge one that waits for review')
    .argument('<job>', 'its number', jobNumber);
  addPoolOption(resume);
  addOutputOptions(resume);
  resume.addHelpText('after', examples('loadstone jobs resume 7'));
  resume.action(async (job: number, options: ResumeOptions) => {
    const { runJobsResume } = await import('../actions/resume.ts');
    ended(await runJobsResume(context, job, options));
  });
}

function addChange(
  jobs: Command,
  context: CliContext,
  ended: Ended,
  name: 'discard' | 'cancel',
  description: string,
): void {
  const command = jobs.command(name).description(description).argument('<job>', 'its number', jobNumber);
  addOutputOptions(command);
  command.addHelpText('after', examples(`loadstone jobs ${name} 7`, `loadstone jobs ${name} 7 --json`));
  command.action(async (job: number, options: OutputOptions) => {
    const { runJobsChange } = await import('../actions/jobs.ts');
    ended(await runJobsChange(context, job, name, options));
  });
}

function addUndo(jobs: Command, context: CliContext, ended: Ended): void {
  const undo = jobs
    .command('undo')
    .description('take a load back: its rows go, the rows it changed are as before')
    .argument('<job>', 'its number', jobNumber)
    .option('--dry-run', 'tell what would be taken back and what not, and change nothing');
  addOutputOptions(undo);
  undo.addHelpText(
    'after',
    examples('loadstone jobs undo 7 --dry-run', 'loadstone jobs undo 7', 'loadstone jobs undo 7 --json') + UNDO_NOTES,
  );
  undo.action(async (job: number, options: UndoOptions) => {
    const { runJobsUndo } = await import('../actions/undo.ts');
    ended(await runJobsUndo(context, job, options));
  });
}

const UNDO_NOTES = `
Rows that others have changed since, or refer to now, are left as they are and told (exit code 3).
`;

function addTrace(jobs: Command, context: CliContext, ended: Ended): void {
  const trace = jobs
    .command('trace')
    .description('where a row comes from: the loads that inserted and changed it, with file and line')
    .argument('<table>', 'as it is called in the database, with or without its schema')
    .argument(
      '<key...>',
      'the values of its primary key in order, or each as column=value, which a value that holds "=" needs',
    );
  addTargetOptions(trace);
  addOutputOptions(trace);
  trace.addHelpText(
    'after',
    examples(
      'loadstone jobs trace thuadat 4711',
      'loadstone jobs trace public.thuadat sothututhua=1 sohieutobando=45 --json',
    ),
  );
  trace.action(async (table: string, key: string[], options: TraceOptions) => {
    const { runJobsTrace } = await import('../actions/trace.ts');
    ended(await runJobsTrace(context, table, key, options));
  });
}

function addPrune(jobs: Command, context: CliContext, ended: Ended): void {
  const prune = jobs
    .command('prune')
    .description('drop what the undo of old loads needs; every load does that too, as the settings said')
    .option(
      '--older-than <days>',
      'days since the load (default: as the settings said when it was loaded, 90)',
      wholeNumber('--older-than', 0, MOST_DAYS),
    )
    .option('--dry-run', 'tell what would be dropped, and drop nothing');
  addServerOption(prune);
  addOutputOptions(prune);
  prune.addHelpText(
    'after',
    examples('loadstone jobs prune --dry-run', 'loadstone jobs prune --older-than 30 --to postgres://me@db/land'),
  );
  prune.action(async (options: PruneOptions) => {
    const { runJobsPrune } = await import('../actions/prune.ts');
    ended(await runJobsPrune(context, options));
  });
}
