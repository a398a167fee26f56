import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addLimitOption,
  addOutputOptions,
  addPoolOption,
  type Ended,
  examples,
  type OutputOptions,
  type ResumeOptions,
} from '../options/common.ts';
import { addResolutionsOption, type ResolutionsOptions } from '../options/resolutions.ts';
import { jobNumber } from '../options/values.ts';

export interface ReviewOptions extends OutputOptions {
  readonly table?: string;
  readonly changed?: string;
  readonly text?: string;
  readonly limit?: number;
}

export interface ResolutionsOutOptions extends OutputOptions {
  readonly out?: string;
}

export interface MergeOptions extends ResumeOptions, ResolutionsOptions {
  readonly acceptMoved?: true;
}

/** Of loads that were ordered with --review. */
export function addReview(jobs: Command, context: CliContext, ended: Ended): void {
  addLook(jobs, context, ended);
  addResolve(jobs, context, ended);
  addResolutions(jobs, context, ended);
  addMerge(jobs, context, ended);
}

function addLook(jobs: Command, context: CliContext, ended: Ended): void {
  const review = jobs
    .command('review')
    .description('what the check of a waiting load found, and its conflicts with both versions of each row')
    .argument('<job>', 'its number', jobNumber)
    .option('--table <name>', 'list the conflicts of this table')
    .option('--changed <column>', 'only those that differ in this column')
    .option('--text <text>', 'only those that hold this text in either version, or in the path of their file');
  addLimitOption(review, 'list at most this many (default: 20)');
  addOutputOptions(review);
  review.addHelpText(
    'after',
    examples(
      'loadstone jobs review 7',
      'loadstone jobs review 7 --table thuadat --changed dienTich',
      'loadstone jobs review 7 --table thuadat --text "Sông Lam" --limit 100 --json | jq .conflicts',
    ),
  );
  review.action(async (job: number, options: ReviewOptions) => {
    const { runJobsReview } = await import('../actions/review.ts');
    ended(await runJobsReview(context, job, options));
  });
}

function addResolve(jobs: Command, context: CliContext, ended: Ended): void {
  const resolve = jobs
    .command('resolve')
    .description('decide what becomes of the conflicts of a waiting load, in the place of what was decided before')
    .argument('<job>', 'its number', jobNumber)
    .argument('<file>', 'resolutions, as docs/resolutions.md describes them');
  addOutputOptions(resolve);
  resolve.addHelpText('after', examples('loadstone jobs resolve 7 newer-wins.json'));
  resolve.action(async (job: number, file: string, options: OutputOptions) => {
    const { runJobsResolve } = await import('../actions/resolve.ts');
    ended(await runJobsResolve(context, job, file, options));
  });
}

function addResolutions(jobs: Command, context: CliContext, ended: Ended): void {
  const resolutions = jobs
    .command('resolutions')
    .description('what was decided about the conflicts of a waiting load, as a file that another load can be given')
    .argument('<job>', 'its number', jobNumber)
    .option('--out <file>', 'write it there (default: standard output)');
  addOutputOptions(resolutions);
  resolutions.addHelpText(
    'after',
    examples('loadstone jobs resolutions 7', 'loadstone jobs resolutions 7 --out decided.json'),
  );
  resolutions.action(async (job: number, options: ResolutionsOutOptions) => {
    const { runJobsResolutions } = await import('../actions/resolve.ts');
    ended(await runJobsResolutions(context, job, options));
  });
}

function addMerge(jobs: Command, context: CliContext, ended: Ended): void {
  const merge = jobs
    .command('merge')
    .description(
      'merge a waiting load as it was decided; it is checked again, and waits again when its conflicts are others',
    )
    .argument('<job>', 'its number', jobNumber);
  addResolutionsOption(merge);
  merge.option('--accept-moved', 'merge also when conflicts came, went or changed since they were looked at');
  addPoolOption(merge);
  addOutputOptions(merge);
  merge.addHelpText(
    'after',
    examples(
      'loadstone jobs merge 7',
      'loadstone jobs merge 7 --resolutions newer-wins.json',
      'loadstone jobs merge 7 --accept-moved --json',
    ),
  );
  merge.action(async (job: number, options: MergeOptions) => {
    const { runJobsMerge } = await import('../actions/resolve.ts');
    ended(await runJobsMerge(context, job, options));
  });
}
