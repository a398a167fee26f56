import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from './exit-codes.ts';
import { listenForInterrupts } from './interrupts.ts';
import { followLauncher } from './lifeline.ts';
import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  return String(manifest.version);
}

/** The command line's entry. What is left open after the last word (an idle socket, a timer) must not hold it. */
async function start(): Promise<void> {
  followLauncher(process.env);
  const terminal = processTerminal();
  const interrupts = listenForInterrupts({ exit: () => process.exit(EXIT.cancelled) });
  const code = await runCli(process.argv.slice(2), {
    terminal,
    interrupts,
    env: process.env,
    version: packageVersion(),
    workerEntry: join(import.meta.dirname, 'worker.js'),
  });
  await new Promise<void>((flushed) => process.stdout.write('', () => flushed()));
  process.exit(code);
}

void start();
