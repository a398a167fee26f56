import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addLimitOption, addOutputOptions, type Ended, examples, type RejectsOptions } from '../options/common.ts';
import { notYet } from '../options/later.ts';
import { jobNumber, usage } from '../options/values.ts';

const CSV_NOTES = `
The CSV is UTF-8 with a byte order mark and CRLF, for spreadsheets ("--out -" writes it to standard output without the mark).
A cell that a spreadsheet would run as a formula has an apostrophe in front; --json has every value as it is.
`;

export function addRejects(program: Command, context: CliContext, ended: Ended): void {
  const command = program
    .command('rejects')
    .description('the rejects of a job: what could not be loaded, where it stands, and why')
    .argument('<job>', "the job's number")
    .allowExcessArguments()
    .option('--out <file.csv>', 'write them as CSV ("-" for standard output)');
  addLimitOption(command, 'at most this many');
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        'loadstone rejects 7',
        'loadstone rejects 7 --out rejects.csv',
        'loadstone rejects 7 --json | jq .rejects',
      ) + CSV_NOTES,
    )
    .action(async (job: string, options: RejectsOptions, { args }: Command) => {
      if (job === 'retry')
        throw notYet('rejects retry', 'Correct the files and load them again: what is loaded already stays.');
      if (args.length > 1)
        throw usage(`"rejects" takes one job, not "${args.join(' ')}".`, 'See "loadstone rejects --help".');
      const { runRejects } = await import('../actions/rejects.ts');
      ended(await runRejects(context, jobNumber(job), options));
    });
}
