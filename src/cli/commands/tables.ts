import type { Command } from 'commander';
import { TABLES_POLICIES } from '#contract/tables-policies';
import type { CliContext } from '../context.ts';
import {
  addMappingOption,
  addOutputOptions,
  addTargetOptions,
  type Ended,
  examples,
  type TablesCreateOptions,
  type TablesOptions,
} from '../options/common.ts';
import { oneOf } from '../options/values.ts';

const EXAMPLES = examples(
  'loadstone tables diff --mapping vn-land-records',
  'loadstone tables create --mapping vn-land-records',
  'loadstone tables create --mapping vn-land-records --dry-run > tables.sql',
  'loadstone tables create --mapping vn-land-records --ddl tables.sql',
  'loadstone tables create --mapping my-mapping.json --policy discard-column --out narrower.json',
  'loadstone tables create --mapping my-mapping.json --to postgres://me@db.example.org/land --schema public',
);

export function addTables(program: Command, context: CliContext, ended: Ended): void {
  const tables = program.command('tables').description('tables of a mapping').helpCommand(false);
  tables.addHelpText('after', EXAMPLES);
  const diff = shared(tables.command('diff').description('how the tables differ from what a mapping needs'));
  diff.action(async (options: TablesOptions) => {
    const { runTablesDiff } = await import('../actions/tables.ts');
    ended(await runTablesDiff(context, options));
  });
  const create = tables
    .command('create')
    .description('create the tables of a mapping, and alter those that do not fit it')
    .option('--dry-run', 'print the DDL, change nothing')
    .option('--ddl <file>', 'run this DDL instead, if the tables fit the mapping afterwards')
    .option('--out <file>', 'write the mapping without the columns that discard-column left out');
  shared(create).action(async (options: TablesCreateOptions) => {
    const { runTablesCreate } = await import('../actions/tables.ts');
    ended(await runTablesCreate(context, options));
  });
}

function shared(command: Command): Command {
  addMappingOption(command);
  command.option(
    '--policy <policy>',
    'evolve: add columns, widen types; freeze: change nothing; discard-column: leave out of the mapping what is missing',
    oneOf('--policy', TABLES_POLICIES),
    'evolve',
  );
  addTargetOptions(command);
  addOutputOptions(command);
  return command.addHelpText('after', EXAMPLES);
}
