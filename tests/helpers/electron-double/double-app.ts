import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { record, settings } from './record.ts';
import { makeEvent, strict } from './strict.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const paths = new Map<string, string>([['documents', homedir()]]);
const events = new EventEmitter();
let quitting = false;
/** Set by the windows' double, which this one must not import. */
export const windowsOfApp: { close: () => boolean; destroy: () => void } = { close: () => true, destroy: () => {} };

const members = {
  name: 'Loadstone',
  isPackaged: settings.packaged,
  commandLine: strict('app.commandLine', {
    removeSwitch: (name: string) => void record.removedSwitches.push(name),
  }) as Electron.CommandLine,
  enableSandbox: () => {
    if (record.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    record.sandboxed = true;
  },
  getAppPath: () => REPOSITORY,
  getLocale: () => settings.locale,
  getVersion: () => '0.1.0',
  getPath: (name: string) => {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  },
  setPath: (name: string, path: string) => {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    paths.set(name, path);
  },
  addRecentDocument: (path: string) => void record.recentDocuments.push(path),
  whenReady: () =>
    new Promise<void>((resolve) =>
      setImmediate(() => {
        record.ready = true;
        resolve();
      }),
    ),
  requestSingleInstanceLock: (handover?: Record<string | number | symbol, unknown>) => lock(handover),
  exit: (code?: number) => {
    windowsOfApp.destroy();
    end(code ?? 0);
  },
  /** Asks the application, then its windows; either can refuse. */
  quit: () => {
    if (quitting) return;
    const event = makeEvent({});
    events.emit('before-quit', event);
    record.quits.push(event.defaultPrevented ? 'prevented' : 'going');
    if (event.defaultPrevented) return;
    quitting = true;
    if (!windowsOfApp.close()) {
      quitting = false;
      return;
    }
    events.emit('will-quit', makeEvent({}));
    end(0);
  },
} satisfies Partial<Electron.App>;

export const app = strict('app', Object.assign(events, members));

/** The last window is gone: the application decides, as it does in Electron when it listens. */
export function allWindowsClosed(): void {
  if (quitting) return;
  if (events.listenerCount('window-all-closed') === 0) members.quit();
  else events.emit('window-all-closed');
}

function end(code: number): never {
  events.emit('quit', makeEvent({}), code);
  process.exit(code);
}

/** One process per `userData`; a second one leaves what it has to say beside the lock. */
function lock(handover: unknown): boolean {
  const folder = members.getPath('userData');
  const file = join(folder, 'lock');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder !== 0 && isAlive(holder)) {
    const said = { argv: process.argv, folder: process.cwd(), handover: handover ?? null };
    writeFileSync(join(folder, `handover-${process.pid}`), JSON.stringify(said));
    return false;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, String(process.pid));
  watch(folder, (_kind, name) => {
    const path = join(folder, name ?? '');
    if (!name?.startsWith('handover-') || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    if (text === '') return;
    rmSync(path);
    const said = JSON.parse(text);
    events.emit('second-instance', makeEvent({}), said.argv, said.folder, said.handover);
  }).unref();
  return true;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
