import type { Command } from 'commander';
import type { ServeWords } from '../actions/serve.ts';
import type { CliContext } from '../context.ts';
import { addOutputOptions, type Ended, examples } from '../options/common.ts';
import { wholeNumber } from '../options/values.ts';

/** The window's questions have two of them, a load needs two. */
const LEAST_POOL = 4;
const MOST_POOL = 100;

export function addServe(program: Command, context: CliContext, ended: Ended): void {
  const serve = program
    .command('serve')
    .description('show the window in a browser on this machine; prints one address with its token')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', wholeNumber('--port', 1, 65_535))
    .option('--root <folder...>', 'folders to choose from (default: your home, the current folder and the example)')
    .option(
      '--pool <n>',
      'most connections to a server at one time (default: as in the settings)',
      wholeNumber('--pool', LEAST_POOL, MOST_POOL),
    );
  addOutputOptions(serve);
  serve.addHelpText(
    'after',
    examples('loadstone serve', 'loadstone serve --port 4600 --root /data/dossiers') +
      '\nIt stays up until Ctrl-C, which stops a running load so that it can be resumed.\n',
  );
  serve.action(async (options: ServeWords) => {
    const { runServe } = await import('../actions/serve.ts');
    ended(await runServe(context, options));
  });
}
