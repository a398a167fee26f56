import { join } from 'node:path';
import { app, BrowserWindow, dialog, type Rectangle, screen } from 'electron';
import type { Log } from '#host/log';
import type { Speech } from '../system/language.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import type { DesktopState } from './desktop-state.ts';

const SIZE = { width: 1200, height: 800, minWidth: 720, minHeight: 540 };
/** A further window stands so far right of and below the one in front. */
const STEP = 28;
/** A page that crashes more often than this within the time is not started again. */
const CRASHES = { allowed: 3, withinMs: 60_000 };

interface WindowsOptions {
  readonly state: DesktopState;
  readonly speech: Speech;
  readonly log: Log;
  /** May the last window close? Asked on systems where that ends the application. */
  readonly onLastClose: () => 'close' | 'stay';
}

/** The application's windows, all over the same page. */
export class Windows {
  readonly #options: WindowsOptions;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  open(): BrowserWindow {
    const { state } = this.#options;
    const window = new BrowserWindow({
      ...SIZE,
      ...this.#place(),
      show: false,
      title: 'Loadstone',
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    if (state.maximised && BrowserWindow.getAllWindows().length === 1) window.maximize();
    window.once('ready-to-show', () => window.show());
    this.#remember(window);
    this.#guardClose(window);
    this.#healPage(window);
    this.#load(window);
    return window;
  }

  /** Brings a window to the front; opens one when there is none. */
  focus(): void {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (window === undefined) {
      this.open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #load(window: BrowserWindow): void {
    window.loadURL(`${APP_ORIGIN}/`).catch((err) => this.#options.log.error({ err }, 'the page was not loaded'));
  }

  #place(): Partial<Rectangle> {
    const front = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().at(-1);
    if (front !== undefined) {
      const { x, y, width, height } = front.getNormalBounds();
      return { x: x + STEP, y: y + STEP, width, height };
    }
    return this.#options.state.boundsWithin(screen.getAllDisplays().map((display) => display.workArea)) ?? {};
  }

  #remember(window: BrowserWindow): void {
    const { state } = this.#options;
    const note = (): void => state.change({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
    window.on('resize', note);
    window.on('move', note);
    window.on('maximize', note);
    window.on('unmaximize', note);
    window.on('close', () => {
      note();
      state.flush();
    });
  }

  #guardClose(window: BrowserWindow): void {
    window.on('close', (event) => {
      const isLast = BrowserWindow.getAllWindows().every((other) => other === window);
      if (process.platform === 'darwin' || !isLast) return;
      if (this.#options.onLastClose() === 'stay') event.preventDefault();
    });
  }

  #healPage(window: BrowserWindow): void {
    const { log } = this.#options;
    let crashes: readonly number[] = [];
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      const now = Date.now();
      crashes = [...crashes.filter((at) => at > now - CRASHES.withinMs), now];
      log.error({ reason, exitCode, crashes: crashes.length }, 'page lost');
      if (crashes.length <= CRASHES.allowed) this.#load(window);
      else void this.#giveUp(window);
    });
  }

  async #giveUp(window: BrowserWindow): Promise<void> {
    const { words } = this.#options.speech;
    await dialog.showMessageBox(window, {
      type: 'error',
      message: words.pageLost,
      detail: words.pageLostDetail,
      buttons: [words.close],
    });
    if (!window.isDestroyed()) window.close();
  }
}
