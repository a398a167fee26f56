import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addInferOptions,
  addLimitOption,
  addMappingOption,
  addOutputOptions,
  addPolicyOption,
  addPoolOption,
  addRunOptions,
  addTargetOptions,
  type Ended,
  examples,
  type LoadOptions,
} from '../options/common.ts';
import { addResolutionsOption } from '../options/resolutions.ts';

export function addLoad(program: Command, context: CliContext, ended: Ended): void {
  const command = program
    .command('load <path...>')
    .description('load files or folders into tables, which are created where they are missing');
  addMappingOption(command);
  addInferOptions(command);
  command.option('--yes', 'without --mapping: load with the mapping that is inferred and shown');
  addTargetOptions(command);
  addPolicyOption(command);
  addResolutionsOption(command);
  command.option('--review', 'stop after the check and wait: nothing is merged before "jobs merge"');
  addRunOptions(command);
  addPoolOption(command);
  addLimitOption(command, 'load at most this many files');
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        'loadstone load ./dossiers --mapping vn-land-records',
        'loadstone load ./dossiers --yes',
        'loadstone load ./dossiers --mapping my-mapping.json --to postgres://me@db.example.org/land --schema staging',
        'loadstone load ./dossiers --mapping vn-land-records --dry-run --json > report.json',
        'loadstone load ./dossiers --mapping vn-land-records --on-conflict overwrite --max-rejects 5%',
        'loadstone load ./dossiers --mapping vn-land-records --resolutions newer-wins.json',
        'loadstone load ./dossiers --mapping vn-land-records --review',
      ) + PASSWORDS,
    )
    .action(async (paths: readonly string[], options: LoadOptions) => {
      const { runLoad } = await import('../actions/load.ts');
      ended(await runLoad(context, paths, options));
    });
}

const PASSWORDS = `
The password comes from PGPASSWORD, from .pgpass, or from a variable that the URL names:
  --to 'postgres://me:\${DB_PASSWORD}@db.example.org/land'
Ctrl-C stops after the current batch and tells how to go on; a second Ctrl-C kills.
`;
