import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addOutputOptions,
  addPoolOption,
  type Ended,
  examples,
  type OutputOptions,
  type ResumeOptions,
} from '../options/common.ts';
import { jobNumber, usage } from '../options/values.ts';
import { addReview } from './review.ts';

const ACTIONS = ['list', 'show', 'review', 'resolve', 'resolutions', 'merge', 'resume', 'discard', 'undo', 'cancel'];

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
  addChange(jobs, context, ended, 'undo', 'take a load back: its rows go, the rows it changed are as before');
  addChange(
    jobs,
    context,
    ended,
    'cancel',
    'stop a running job, also one of another window or command; it can be resumed',
  );
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
  name: 'discard' | 'undo' | 'cancel',
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
