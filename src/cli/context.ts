import type { Interrupts } from './interrupts.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets from the process it runs in. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
  /** The worker's built entry, beside ours. */
  readonly workerEntry: string;
}

/** Prints the one JSON document of a `--json` run. */
export async function printJson(context: CliContext, document: unknown): Promise<void> {
  await context.terminal.out(`${JSON.stringify(document, null, 2)}\n`);
}
