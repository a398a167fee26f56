import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionTarget } from '#contract/connection';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const repository = join(import.meta.dirname, '../../..');
export const EXAMPLES = join(repository, 'examples/land-records');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once standard error matches. */
  heard(pattern: RegExp): Promise<void>;
}

/** The built command line with a home of its own. */
export class CommandLine {
  readonly #home = temporaryFolder('loadstone-cli-');
  readonly #running = new Set<ChildProcess>();
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    if (!existsSync(join(repository, 'out/main/cli.js'))) throw new Error('Build first: npm run build.');
    this.#env = { PATH: process.env.PATH, HOME: this.#home.path, LOADSTONE_HOME: this.#home.path, ...env };
  }

  get home(): string {
    return this.#home.path;
  }

  start(...words: readonly string[]): Running {
    const child = spawn(process.execPath, [join(repository, 'bin/loadstone.cjs'), ...words], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    let out = '';
    let err = '';
    const listeners = new Set<() => void>();
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
      for (const listener of listeners) listener();
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (code) => {
        this.#running.delete(child);
        resolve({ code, out, err });
      }),
    );
    const heard = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (pattern.test(err)) resolve();
        };
        listeners.add(look);
        look();
      });
    return { child, ended, heard };
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** Runs with `--json`; the whole of standard output must be one document. */
  async json(...words: readonly string[]) {
    const { code, out, err } = await this.run(...words, '--json');
    try {
      return { code, document: JSON.parse(out) };
    } catch (cause) {
      throw new Error(`Not one JSON document: ${JSON.stringify(out)}\n${err}`, { cause });
    }
  }

  /** Ends what still runs, the embedded server too. */
  async dispose(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await removeEmbedded(this.#home.path);
    this.#home.remove();
  }
}

/** The server as `--to` takes it; its password goes by PGPASSWORD. */
export function urlOf({ host, port, database, user }: ConnectionTarget): string {
  const place = host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `${host}:${port}/${database}`;
  return `postgres://${encodeURIComponent(user)}@${place}`;
}
