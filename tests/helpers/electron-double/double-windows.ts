import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type Electron from 'electron';
import { allWindowsClosed, app, windowsOfApp } from './double-app.ts';
import { messagePortMain } from './double-ports.ts';
import { requestOf } from './double-system.ts';
import { record } from './record.ts';
import { makeEvent, strict } from './strict.ts';

export const ipcMain = strict('ipcMain', new EventEmitter());

interface DoubledFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: object | null;
  isDestroyed(): boolean;
}

export function frameOf(url: string, parent: object | null = null): DoubledFrame {
  const { protocol, host } = new URL(url);
  return strict('WebFrameMain', { url, origin: `${protocol}//${host}`, parent, isDestroyed: () => false });
}

/** A page with its preload script, each in a context of its own, on a thread of its own. */
class WebContentsDouble extends EventEmitter {
  mainFrame: DoubledFrame = frameOf('about:blank');
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly #preload: string;
  readonly #self: WebContentsDouble;
  #page: Worker | null = null;
  #asked = 0;

  constructor(preload: string) {
    super();
    this.#preload = preload;
    this.#self = strict('webContents', this);
  }

  get strict(): WebContentsDouble {
    return this.#self;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  /** Commits a page: the one before ends, and its ports with it. */
  async commit(url: string): Promise<void> {
    await this.#page?.terminate();
    this.mainFrame = frameOf(url);
    this.emit('did-navigate', makeEvent({}), url, 200, 'OK');
    const page = new Worker(join(import.meta.dirname, 'page.ts'), { workerData: { preload: this.#preload, url } });
    page.on('message', (message) => this.#hear(message));
    page.on('error', (error) => process.send?.({ type: 'page-error', text: String(error) }));
    this.#page = page;
    this.emit('double-committed');
    await this.ask({ do: 'ready' });
  }

  /** Has the page do something and answers with what came of it. */
  async ask(command: object): Promise<unknown> {
    if (this.#page === null) await once(this, 'double-committed');
    const id = ++this.#asked;
    const page = this.#page;
    return new Promise((resolve, reject) => {
      const hear = (message: { id?: number; value?: unknown; error?: string }): void => {
        if (message.id !== id) return;
        page?.off('message', hear);
        if (message.error === undefined) resolve(message.value);
        else reject(new Error(message.error));
      };
      page?.on('message', hear);
      page?.postMessage({ ...command, id });
    });
  }

  async end(): Promise<void> {
    await this.#page?.terminate();
    this.#page = null;
  }

  receive(frame: DoubledFrame, channel: string, message: unknown, ports: readonly MessagePort[]): void {
    const event = { senderFrame: frame, sender: this.#self, ports: ports.map(messagePortMain) };
    ipcMain.emit(channel, event, message);
  }

  #hear(message: { ipc?: string; message?: unknown; ports?: readonly MessagePort[] }): void {
    if (message.ipc !== undefined) this.receive(this.mainFrame, message.ipc, message.message, message.ports ?? []);
  }
}

const windows: BrowserWindowDouble[] = [];
let focused: BrowserWindowDouble | null = null;

class BrowserWindowDouble extends EventEmitter {
  static getAllWindows = (): BrowserWindowDouble[] => [...windows];
  static getFocusedWindow = (): BrowserWindowDouble | null => focused;

  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  readonly state = {
    title: '',
    progress: -1,
    mode: '',
    shown: false,
    flashing: false,
    maximised: false,
    minimised: false,
  };
  bounds: Electron.Rectangle;
  #destroyed = false;
  #self: BrowserWindowDouble;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    if (!record.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    this.state.title = options.title ?? '';
    this.bounds = {
      x: options.x ?? 300,
      y: options.y ?? 100,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.webContents = new WebContentsDouble(options.webPreferences?.preload ?? '').strict;
    const self = strict('BrowserWindow', this);
    this.#self = self;
    windows.push(self);
    app.emit('web-contents-created', makeEvent({}), this.webContents);
    app.emit('browser-window-created', makeEvent({}), self);
    // biome-ignore lint/correctness/noConstructorReturn: whoever makes one gets the strict one
    return self;
  }

  async loadURL(url: string): Promise<void> {
    const { status } = await requestOf(url, 'GET');
    if (status !== 200) throw new Error(`ERR_FAILED loading ${url}`);
    await this.webContents.commit(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.state.shown = true;
    this.focus();
  }

  hide(): void {
    this.state.shown = false;
    if (focused === this.#self) focused = null;
  }

  focus(): void {
    focused = this.#self;
  }

  blur(): void {
    if (focused === this.#self) focused = null;
  }

  restore(): void {
    this.state.minimised = false;
  }

  isMinimized(): boolean {
    return this.state.minimised;
  }

  maximize(): void {
    this.state.maximised = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.state.maximised;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }

  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    Object.assign(this.state, { progress, mode: options?.mode ?? '' });
  }

  setTitle(title: string): void {
    this.state.title = title;
  }

  flashFrame(flag: boolean): void {
    this.state.flashing = flag;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** @returns whether it closed */
  close(): boolean {
    const event = makeEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.splice(windows.indexOf(this.#self), 1);
    if (focused === this.#self) focused = null;
    void this.webContents.end();
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (windows.length === 0) allWindowsClosed();
  }
}
BrowserWindowDouble satisfies new (
  options: Electron.BrowserWindowConstructorOptions,
) => Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setProgressBar'
  | 'setTitle'
  | 'flashFrame'
  | 'isDestroyed'
  | 'destroy'
>;

export { BrowserWindowDouble as BrowserWindow };

windowsOfApp.close = () => [...windows].every((window) => window.close());
windowsOfApp.destroy = () => {
  for (const window of [...windows]) window.destroy();
};

/** A message as another page or a frame inside ours would send it; answers how its port fared. */
export function connectFrom(
  window: BrowserWindowDouble,
  url: string,
  inFrame: boolean,
): Promise<'closed' | 'answered'> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.on('close', () => resolve('closed'));
    port1.on('message', () => {
      resolve('answered');
      port1.close();
    });
    window.webContents.receive(frameOf(url, inFrame ? {} : null), 'loadstone:connect', null, [port2]);
    port1.postMessage('{"i":"1","p":{"u":"http://orpc/settings/get","b":{}}}');
  });
}
