import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { type MessagePort as NodePort, parentPort, workerData } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { strict } from './strict.ts';

/**
 * A page on a thread of its own: the built preload script in one context, which has nothing but `electron`'s renderer
 * side and a window, and the page's own program, which has nothing but the window and what the preload gave it.
 */
const { preload } = workerData as { readonly preload: string };
const listeners: ((event: object) => void)[] = [];
const exposed: Record<string, Record<string, unknown>> = {};
const pathsOfFiles = new WeakMap<File, string>();

interface DoubledWindow {
  addEventListener(type: string, listener: (event: object) => void): void;
  postMessage(message: unknown, origin: string, transfer: readonly NodePort[], source?: object): void;
}

const window: DoubledWindow = {
  addEventListener: (type, listener) => {
    if (type === 'message') listeners.push(listener);
  },
  postMessage: (message, _origin, transfer, source = window) => {
    const cloned = structuredClone({ message, ports: transfer }, { transfer: [...transfer] as never });
    setImmediate(() => {
      for (const listener of listeners) listener({ data: cloned.message, ports: cloned.ports, source });
    });
  },
};

/** As contextBridge does it: functions become functions of the other side, everything else is copied and frozen. */
function bridged(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...args: unknown[]) =>
      structuredClone(value(...args.map((item) => (item instanceof File ? item : structuredClone(item)))));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bridged(item)])));
}

const electron = strict('electron (in a preload script)', {
  contextBridge: strict('contextBridge', {
    exposeInMainWorld: (name: string, table: object) => {
      if (name in exposed) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
      exposed[name] = bridged(table) as Record<string, unknown>;
    },
  }),
  ipcRenderer: strict('ipcRenderer', {
    postMessage: (channel: string, message: unknown, transfer: readonly NodePort[] = []) => {
      parentPort?.postMessage({ ipc: channel, message, ports: transfer }, [...transfer]);
    },
  }),
  webUtils: strict('webUtils', {
    getPathForFile: (file: unknown) => {
      if (!(file instanceof File)) throw new TypeError('Argument must be a File');
      return pathsOfFiles.get(file) ?? '';
    },
  }),
});

function requireInSandbox(name: string): unknown {
  if (name !== 'electron') throw new Error(`module not found: ${name}`);
  return electron;
}
const world = createContext({ window, require: requireInSandbox, module: { exports: {} }, exports: {} });
runInContext(readFileSync(preload, 'utf8'), world, { filename: preload });

type Call = (input?: unknown, options?: { readonly signal: AbortSignal }) => Promise<unknown>;
let connected = false;
let client: unknown = null;
const heard: unknown[] = [];
let portClosed = false;

interface Command {
  readonly id: number;
  readonly do: 'ready' | 'bridge' | 'connect' | 'call' | 'watch' | 'heard' | 'drop' | 'portClosed';
  readonly path?: readonly string[];
  readonly input?: unknown;
  readonly file?: string | null;
  readonly foreign?: boolean;
}

function procedure(path: readonly string[]): Call {
  return path.reduce<unknown>((at, name) => Reflect.get(Object(at), name), client) as Call;
}

async function carryOut(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'ready':
      return null;
    case 'bridge':
      return Object.entries(exposed).map(([name, table]) => ({
        name,
        frozen: Object.isFrozen(table),
        members: Object.entries(table).map(([member, value]) => `${member}: ${typeof value}`),
      }));
    case 'connect': {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('close', () => {
        portClosed = true;
      });
      connected = true;
      client = createORPCClient(new RPCLink({ port: port1 }));
      port1.start();
      const transfer = [port2] as unknown as readonly NodePort[];
      window.postMessage('loadstone:connect', '*', transfer, command.foreign === true ? {} : window);
      return null;
    }
    case 'call':
      return procedure(command.path ?? [])(command.input);
    case 'watch': {
      const events = (await procedure(command.path ?? [])(command.input)) as AsyncIterable<unknown>;
      void (async () => {
        for await (const event of events) heard.push(event);
      })().catch(() => {});
      return null;
    }
    case 'heard':
      return heard;
    case 'drop': {
      const file = new File(['x'], 'dropped.xml');
      if (typeof command.file === 'string') pathsOfFiles.set(file, command.file);
      return (exposed.loadstone as { pathForFile(dropped: File): string } | undefined)?.pathForFile(file) ?? null;
    }
    case 'portClosed':
      return connected && portClosed;
    default:
      return command.do satisfies never;
  }
}

parentPort?.on('message', (command: Command) => {
  carryOut(command).then(
    (value) => parentPort?.postMessage({ id: command.id, value }),
    (error) => {
      const data = (error as { data?: unknown }).data;
      parentPort?.postMessage({ id: command.id, error: `${String(error)} ${JSON.stringify(data ?? null)}` });
    },
  );
});
