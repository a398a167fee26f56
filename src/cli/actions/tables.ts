import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { TablesOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { targetFrom } from '../options/target.ts';
import { statement } from '../render/sql.ts';
import { visible } from '../render/visible.ts';

/** `--dry-run` prints the DDL as a script that psql takes. */
export async function runTablesCreate(context: CliContext, options: TablesOptions): Promise<number> {
  const mapping = await mappingFrom(options.mapping);
  const target = await targetFrom(options.to, context);
  const { createTables } = await import('#engine/door');
  const done = await createTables({
    mapping,
    target,
    dryRun: options.dryRun === true,
    signal: context.interrupts.signal,
    ...(options.schema !== undefined && { schema: options.schema }),
  });
  if (options.json) await printJson(context, { dryRun: options.dryRun === true, ...done });
  else if (options.dryRun) await context.terminal.out(done.ddl.map(statement).join(''));
  if (!options.json) context.terminal.err(outcome(done, options.dryRun === true));
  return EXIT.done;
}

function outcome(
  done: { readonly created: readonly string[]; readonly existing: readonly string[] },
  dryRun: boolean,
): string {
  const names = (tables: readonly string[]) => tables.map(visible).join(', ');
  const lines = [
    ...(done.created.length > 0 ? [`${dryRun ? 'Would be created' : 'Created'}: ${names(done.created)}\n`] : []),
    ...(done.existing.length > 0 ? [`There already: ${names(done.existing)}\n`] : []),
  ];
  return lines.join('');
}
