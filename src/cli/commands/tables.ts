import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import {
  addMappingOption,
  addOutputOptions,
  addTargetOptions,
  type Ended,
  examples,
  type TablesOptions,
} from '../options/common.ts';

export function addTables(program: Command, context: CliContext, ended: Ended): void {
  const EXAMPLES = examples(
    'loadstone tables create --mapping vn-land-records',
    'loadstone tables create --mapping vn-land-records --dry-run > tables.sql',
    'loadstone tables create --mapping my-mapping.json --to postgres://me@db.example.org/land --schema public',
  );
  const tables = program.command('tables').description('tables of a mapping').helpCommand(false);
  const create = tables
    .command('create')
    .description('create the tables of a mapping that are missing')
    .option('--dry-run', 'print the DDL, change nothing');
  addMappingOption(create);
  addTargetOptions(create);
  addOutputOptions(create);
  tables.addHelpText('after', EXAMPLES);
  create.addHelpText('after', EXAMPLES).action(async (options: TablesOptions) => {
    const { runTablesCreate } = await import('../actions/tables.ts');
    ended(await runTablesCreate(context, options));
  });
}
