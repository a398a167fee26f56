import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { vi } from 'vitest';
import { builtDesktop } from './built-desktop.ts';
import type { Driver } from './driver.ts';
import type { DoubleSettings } from './record.ts';

type Driven = {
  [Name in keyof Driver]: (...args: Parameters<Driver[Name]>) => Promise<Awaited<ReturnType<Driver[Name]>>>;
};

export interface ElectronProcess {
  readonly pid: number;
  /** Acts on the process as a person or the system would. */
  readonly act: Driven;
  /** A call of the first window's page over its port. */
  call(path: string, input?: unknown): Promise<unknown>;
  /** How it ended. */
  readonly exit: Promise<number | null>;
  /** What it wrote to stderr so far. */
  stderr(): string;
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly home: string;
  readonly args?: readonly string[];
  readonly settings?: Partial<DoubleSettings>;
}

/** Starts the built main process with the double of electron; resolves once its entry is evaluated. */
export async function startElectron({ home, args = [], settings = {} }: StartOptions): Promise<ElectronProcess> {
  const child = fork(join(import.meta.dirname, 'main-process.ts'), [builtDesktop(), ...args], {
    env: { ...process.env, LOADSTONE_HOME: home, ELECTRON_DOUBLE: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const act = drive(child, () => stderr);
  await loaded(child, exit);
  return {
    pid: child.pid ?? 0,
    act,
    call: (path, input) => act.page(0, { do: 'call', path: path.split('.'), input }),
    exit,
    stderr: () => stderr,
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Waits until the first window shows its page, and connects the page to the application. */
export async function openFirstWindow(electron: ElectronProcess): Promise<void> {
  await vi.waitFor(
    async () => {
      const [first] = await electron.act.windows();
      if (first?.shown !== true) throw new Error(`no window is shown: ${electron.stderr()}`);
    },
    { timeout: 30_000, interval: 50 },
  );
  await electron.act.page(0, { do: 'connect' });
}

/** A second start says all it has to say and is gone before anybody could speak to it. */
async function loaded(child: ChildProcess, exit: Promise<unknown>): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'loaded') resolve();
    });
  });
  await Promise.race([ready, exit]);
}

function drive(child: ChildProcess, stderr: () => string): Driven {
  let asked = 0;
  const order = (name: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      const settle = (message: { id?: number; value?: unknown; error?: string }): void => {
        if (message.id !== id) return;
        stop();
        if (message.error === undefined) resolve(message.value);
        else reject(new Error(message.error));
      };
      const lost = (): void => {
        stop();
        reject(new Error(`the process ended before it answered ${name}: ${stderr()}`));
      };
      const stop = (): void => {
        child.off('message', settle);
        child.off('close', lost);
      };
      child.on('message', settle);
      child.once('close', lost);
      child.send({ id, name, args }, () => {});
    });
  return new Proxy({} as Driven, {
    get: (_target, name) => (name === 'then' ? undefined : (...args: unknown[]) => order(String(name), args)),
  });
}
