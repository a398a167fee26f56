import { Command } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addDb } from './commands/db.ts';
import { addInfer } from './commands/infer.ts';
import { addJobs } from './commands/jobs.ts';
import { addLoad } from './commands/load.ts';
import { addPreview } from './commands/preview.ts';
import { addRejects } from './commands/rejects.ts';
import { addServe } from './commands/serve.ts';
import { addTables } from './commands/tables.ts';
import type { CliContext } from './context.ts';
import { type Ended, examples } from './options/common.ts';
import { addLaterCommands } from './options/later.ts';

const EXIT_CODES = `
Exit codes: 0 done; 1 failed, nothing merged; 2 wrong usage, mapping or configuration, or no file found;
  3 done, but rows or files were rejected; 4 stopped for review; 130 cancelled.
`;

/**
 * The command line's grammar. A command's code is loaded when it runs, so that `--help` answers at once.
 * @param ended hears the exit code of the command that ran
 */
export function buildProgram(context: CliContext, ended: Ended): Command {
  const { terminal } = context;
  const program = new Command('loadstone')
    .description(
      'Loads folders of XML, CSV and JSON into PostgreSQL: complete, in foreign-key order, exactly once, undoable.',
    )
    .version(context.version)
    .exitOverride()
    // Help that nobody asked for goes to stderr; complaints are told by our own hand.
    .configureOutput({ writeOut: (text) => void terminal.out(text), writeErr: terminal.err, outputError: () => {} })
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'loadstone load ./dossiers --mapping vn-land-records',
        'loadstone infer ./dossiers --out dossiers.json',
        'loadstone preview ./dossiers --mapping vn-land-records',
        'loadstone jobs',
        'loadstone rejects 7 --out rejects.csv',
        'loadstone audit --since 2026-11-01',
        'psql "$(loadstone db url)"',
        'loadstone serve',
      ) + EXIT_CODES,
    );
  for (const add of [addLoad, addInfer, addPreview, addTables, addJobs, addRejects, addAudit, addDb, addServe])
    add(program, context, ended);
  addLaterCommands(program);
  return program;
}
