import type { Command } from 'commander';
import { usage } from './values.ts';

/** Commands that the documentation names and a later version brings. */
const LATER_COMMANDS = ['api', 'sync', 'export', 'backup', 'restore', 'schedule', 'worker'];
const PRESENT =
  'This version has load, infer, preview, tables, jobs, rejects, audit, db and serve: see "loadstone --help".';

/** Answers a known word whose feature is not there yet, unlike a misspelt one. */
function notYet(what: string, instead: string = PRESENT): Error {
  return usage(`"${what}" is not part of this version.`, instead);
}

export function addLaterCommands(program: Command): void {
  for (const name of LATER_COMMANDS) {
    program
      .command(name, { hidden: true })
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw notYet(name);
      });
  }
}
