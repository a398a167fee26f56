import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type Electron from 'electron';
import { app } from './double-app.ts';
import { record } from './record.ts';
import { makeEvent, strict } from './strict.ts';

const names = new Set<string>();

/** A real process with real structured clone. Its number is known once it runs, and `kill` ends it with code 0. */
class UtilityProcessDouble extends EventEmitter {
  pid: number | undefined = undefined;
  stderr: Readable | null;
  readonly stdout = null;
  readonly #child: ChildProcess;
  #killed = false;

  constructor(modulePath: string, options: Required<Pick<Electron.ForkOptions, 'serviceName' | 'execArgv'>>, env: Env) {
    super();
    const entry = join(import.meta.dirname, 'utility-process.ts');
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    const { execArgv, serviceName } = options;
    this.#child = fork(entry, [modulePath], { execArgv, env, serialization: 'advanced', stdio: [...stdio] });
    this.stderr = this.#child.stderr;
    const entryOfRecord: (typeof record.workers)[number] = { name: serviceName, execArgv, env };
    record.workers.push(entryOfRecord);
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid;
      Object.assign(entryOfRecord, { pid: this.pid });
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('close', (code, signal) => this.#ended(serviceName, code, signal));
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new TypeError('Only MessagePortMain can be transferred');
    if (this.#child.connected) this.#child.send(message as object, () => {});
  }

  kill(): boolean {
    this.#killed = true;
    return this.#child.kill('SIGTERM');
  }

  #ended(name: string, code: number | null, signal: string | null): void {
    const clean = this.#killed || code === 0;
    const details = { type: 'Utility', name, serviceName: 'node.mojom.NodeService', exitCode: code ?? 0 };
    app.emit('child-process-gone', makeEvent({}), {
      ...details,
      reason: clean ? 'clean-exit' : signal === null ? 'abnormal-exit' : 'killed',
    });
    this.emit('exit', this.#killed ? 0 : (code ?? 1));
    this.pid = undefined;
    this.stderr?.removeAllListeners();
    this.stderr = null;
  }
}

type Env = Record<string, string>;

export const utilityProcess = strict('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) => {
    if (!record.ready) throw new Error('utilityProcess cannot be created before app is ready.');
    const { serviceName, execArgv = [], env, stdio } = options;
    if (serviceName === undefined || names.has(serviceName)) throw new Error('serviceName must be given and unique');
    names.add(serviceName);
    if (args.length > 0) throw new Error('The double starts no process with arguments');
    if (JSON.stringify(stdio) !== '["ignore","ignore","pipe"]') throw new Error('unexpected stdio');
    if (env === undefined || Object.values(env).some((value) => typeof value !== 'string')) {
      throw new TypeError('env must be an object of strings');
    }
    return strict('UtilityProcess', new UtilityProcessDouble(modulePath, { serviceName, execArgv }, env as Env));
  },
});

UtilityProcessDouble satisfies new (
  ...args: never
) => Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stdout'>;
