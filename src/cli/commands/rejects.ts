import type { Command } from 'commander';
import { REJECT_GROUPINGS } from '#contract/reject-groupings';
import type { CliContext } from '../context.ts';
import {
  addLimitOption,
  addOutputOptions,
  addPoolOption,
  addWorkersOption,
  type Ended,
  examples,
  type RejectsOptions,
  type RetryOptions,
} from '../options/common.ts';
import { jobNumber, oneOf, recordNumbers, usage } from '../options/values.ts';

const CSV_NOTES = `
The CSV is UTF-8 with a byte order mark and CRLF, for spreadsheets ("--out -" writes it to standard output without the mark).
A cell that a spreadsheet would run as a formula has an apostrophe in front; --json has every value as it is.
`;

const RETRY_NOTES = `
In the CSV that "rejects <job> --out" wrote, a changed "value" is loaded in the place of what the file holds, an emptied one
as nothing at all; lines that were left as they are say nothing. To correct another column of a record, add a line with
its file_id and record, the column and the value. What is loaded disappears from the rejects, the rest stays.
Corrections are kept until the row is loaded, also with --dry-run.
`;

export function addRejects(program: Command, context: CliContext, ended: Ended): void {
  const rejects = program
    .command('rejects')
    .description('the rejects of a job: what could not be loaded, where it stands, and why')
    .helpCommand(false)
    .addHelpText('after', examples(...LIST_EXAMPLES, ...RETRY_EXAMPLES) + CSV_NOTES);
  addList(rejects, context, ended);
  addRetry(rejects, context, ended);
}

const LIST_EXAMPLES = [
  'loadstone rejects 7',
  'loadstone rejects 7 --group-by column',
  'loadstone rejects 7 --record 1:25',
  'loadstone rejects 7 --out rejects.csv',
  'loadstone rejects 7 --json | jq .rejects',
];

function addList(rejects: Command, context: CliContext, ended: Ended): void {
  const list = rejects
    .command('list', { isDefault: true })
    .description('those that are not loaded yet')
    .argument('<job>', "the job's number")
    .allowExcessArguments()
    .option('--out <file.csv>', 'write them as CSV ("-" for standard output)')
    .option('--group-by <what>', 'count them by code, column, file or table', oneOf('--group-by', REJECT_GROUPINGS))
    .option('--record <file:record>', 'one of them in its file, with all values of its row', recordNumbers)
    .option('--state <which>', 'open, fixed or all (default: open)', oneOf('--state', ['open', 'fixed', 'all']));
  addLimitOption(list, 'at most this many');
  addOutputOptions(list);
  list
    .addHelpText('after', examples(...LIST_EXAMPLES) + CSV_NOTES)
    .action(async (job: string, options: RejectsOptions, { args }: Command) => {
      if (args.length > 1)
        throw usage(`"rejects" takes one job, not "${args.join(' ')}".`, 'See "loadstone rejects --help".');
      const { runRejects } = await import('../actions/rejects.ts');
      ended(await runRejects(context, jobNumber(job), options));
    });
}

const RETRY_EXAMPLES = [
  'loadstone rejects retry 7 rejects.csv',
  'loadstone rejects retry 7 --mapping better.json --dry-run',
];

function addRetry(rejects: Command, context: CliContext, ended: Ended): void {
  const retry = rejects
    .command('retry')
    .description('load the rejected rows of a job again, from the same files')
    .argument('<job>', "the job's number", jobNumber)
    .argument('[file.csv]', 'its exported rejects, with corrected values')
    .option('--mapping <preset or file>', "a corrected mapping (default: the job's own)")
    .option('--dry-run', 'say how many rows would be loaded, and load none');
  addWorkersOption(retry);
  addPoolOption(retry);
  addOutputOptions(retry);
  retry
    .addHelpText('after', examples(...RETRY_EXAMPLES) + RETRY_NOTES)
    .action(async (job: number, file: string | undefined, options: RetryOptions) => {
      const { runRetry } = await import('../actions/retry.ts');
      ended(await runRetry(context, job, file, options));
    });
}
