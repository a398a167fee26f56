import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const ENTRY = join(import.meta.dirname, '../../../bin/loadstone.cjs');

const START_MS = 20_000;
const QUIT_MS = 15_000;

interface WebServerOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Further words of `loadstone serve`. */
  readonly words?: readonly string[];
  /** Of Node itself. */
  readonly nodeOptions?: readonly string[];
}

/** One process of the built web host. */
export class WebServer {
  /** The printed address, with its token. */
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start({ env, cwd, words = [], nodeOptions = [] }: WebServerOptions): Promise<WebServer> {
    const args = [...nodeOptions, ENTRY, 'serve', ...words];
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new WebServer(child, await printedUrl(child));
  }

  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    const late = setTimeout(() => this.#process.kill('SIGKILL'), QUIT_MS);
    const [, by] = await ended;
    clearTimeout(late);
    if (by === 'SIGKILL' && signal === 'SIGTERM') throw new Error('The web host did not end when it was asked to.');
  }
}

function printedUrl(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const fail = (what: string) => {
    child.kill('SIGKILL');
    reject(new Error(`"loadstone serve" ${what}: ${said}`));
  };
  const timer = setTimeout(() => fail('did not print its address'), START_MS);
  const exited = (code: number | null) => fail(`ended with ${code}`);
  const hear = (piece: Buffer) => {
    said += piece.toString();
    const [url] = /http:\/\/\S+token=\S+/.exec(said) ?? [];
    if (url !== undefined) resolve(url);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.once('error', (error) => fail(error.message));
  child.once('exit', exited);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('exit', exited);
  });
}
