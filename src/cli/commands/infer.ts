import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addInferOptions, addOutputOptions, type Ended, examples, type InferOptions } from '../options/common.ts';
import { addCsvOptions } from '../options/csv.ts';

export function addInfer(program: Command, context: CliContext, ended: Ended): void {
  const command = program
    .command('infer <path...>')
    .description('propose the mapping for files nobody has described: tables, keys, references and types')
    .option('--out <file>', 'write the mapping there (default: standard output)');
  addInferOptions(command);
  addCsvOptions(command);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        'loadstone infer ./dossiers --out dossiers.json',
        'loadstone infer ./dossiers --sample 200MB > dossiers.json',
        'loadstone infer ./exports --delimiter ";" --encoding windows-1258 --null - --out exports.json',
        'loadstone infer ./invoices --xsd UBL-Invoice-2.1.xsd --json | jq .report.uncertain',
        'loadstone load ./dossiers --mapping dossiers.json',
      ),
    )
    .action(async (paths: readonly string[], options: InferOptions) => {
      const { runInfer } = await import('../actions/infer.ts');
      ended(await runInfer(context, paths, options));
    });
}
