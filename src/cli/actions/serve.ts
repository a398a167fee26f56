import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WebHostEntry } from '#contract/web-host';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { OutputOptions } from '../options/common.ts';

export interface ServeWords extends OutputOptions {
  readonly port?: number;
  readonly root?: readonly string[];
  readonly pool?: number;
}

/** `loadstone serve`: up until it is interrupted. That is how it is meant to end, so it ends as done. */
export async function runServe(context: CliContext, options: ServeWords): Promise<number> {
  const { interrupts, env, version, workerEntry, terminal } = context;
  const { serve } = await webHostEntry(workerEntry);
  const host = await serve({
    version,
    workerEntry,
    env,
    consoleLevel: options.logLevel,
    port: options.port ?? 0,
    roots: options.root ?? [],
    ...(options.pool !== undefined && { pool: options.pool }),
  });
  try {
    if (options.json) await printJson(context, { url: host.url });
    else await terminal.out(`${host.url}\n`);
    terminal.err('Open this address in a browser on this machine. Ctrl-C stops.\n');
    if (!interrupts.signal.aborted) await once(interrupts.signal, 'abort');
    terminal.err('Stopping; a running load is cancelled and can be resumed.\n');
  } finally {
    await host.close();
  }
  return EXIT.done;
}

/**
 * The web host is a layer of its own that this one does not know: its entry is built beside ours and loaded by its
 * path, so the commands that need no window load nothing of it, and each of the two can be built and tested alone.
 */
async function webHostEntry(workerEntry: string): Promise<WebHostEntry> {
  const path = join(dirname(workerEntry), 'server.js');
  return await import(/* @vite-ignore */ pathToFileURL(path).href);
}
