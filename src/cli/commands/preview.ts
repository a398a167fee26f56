import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addLimitOption,
  addMappingOption,
  addOutputOptions,
  addPolicyOption,
  addTargetOptions,
  type Ended,
  examples,
  type PreviewOptions,
} from '../options/common.ts';
import { wholeNumber } from '../options/values.ts';

export function addPreview(program: Command, context: CliContext, ended: Ended): void {
  const command = program
    .command('preview <path...>')
    .description('first rows per table, DDL and rejects, through the very code a load uses; changes nothing')
    .option('--rows <n>', 'rows shown per table', wholeNumber('--rows', 0, 10_000), 10);
  addMappingOption(command);
  addTargetOptions(command);
  addPolicyOption(command);
  addLimitOption(command, 'look at this many files at most');
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        'loadstone preview ./dossiers --mapping vn-land-records',
        'loadstone preview ./dossiers --mapping my-mapping.json --limit 5 --rows 3',
        'loadstone preview ./dossiers --mapping my-mapping.json --json | jq .rejects',
      ),
    )
    .action(async (paths: readonly string[], options: PreviewOptions) => {
      const { runPreview } = await import('../actions/preview.ts');
      ended(await runPreview(context, paths, options));
    });
}
