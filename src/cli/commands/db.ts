import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addOutputOptions, type Ended, examples, type OutputOptions } from '../options/common.ts';

const COMMANDS = {
  start: 'start it; it stays up until "db stop"',
  stop: 'stop it',
  status: 'whether it runs, where, and where its data is',
  url: 'print one URL that psql and drivers accept, starting it when needed',
} as const;

export function addDb(program: Command, context: CliContext, ended: Ended): void {
  const db = program
    .command('db')
    .description('the embedded database')
    .helpCommand(false)
    .addHelpText('after', examples('loadstone db status', 'psql "$(loadstone db url)"', 'loadstone db stop'));
  for (const name of ['start', 'stop', 'status', 'url'] as const) {
    const command = db.command(name).description(COMMANDS[name]);
    addOutputOptions(command);
    command.addHelpText('after', examples(name === 'url' ? 'psql "$(loadstone db url)"' : `loadstone db ${name}`));
    command.action(async (options: OutputOptions) => {
      const { runDb } = await import('../actions/db.ts');
      ended(await runDb(context, name, options));
    });
  }
}
