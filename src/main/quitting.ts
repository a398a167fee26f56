import { app, BrowserWindow, dialog, powerMonitor } from 'electron';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';
import type { ActivitySigns } from './system/activity-signs.ts';
import type { Speech } from './system/language.ts';

/** Cancelling rolls back and closes connections; what is not done by then is killed, and the next start says so. */
const CLOSE_MS = 30_000;

interface QuittingOptions {
  readonly application: Application;
  readonly speech: Speech;
  readonly signs: ActivitySigns;
  readonly log: Log;
  /** The last thing before the process ends. */
  readonly onEnd: () => void;
}

/**
 * How the application ends: asks when jobs run, cancels them, closes, and only then lets Electron quit.
 *
 * Phases: open → asking → (open | closing) → closed. While asking or closing, further requests do nothing; the end of
 * the user's session closes without asking.
 */
export class Quitting {
  readonly #options: QuittingOptions;
  #phase: 'open' | 'asking' | 'closing' | 'closed' = 'open';
  readonly #question = new AbortController();

  constructor(options: QuittingOptions) {
    this.#options = options;
  }

  listen(): void {
    app.on('before-quit', (event) => {
      if (this.#phase === 'closed') return;
      event.preventDefault();
      void this.#request();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('browser-window-created', (_event, window) => {
      window.on('session-end', () => this.#endWithoutAsking());
    });
    powerMonitor.on('shutdown', ((event?: Electron.Event) => {
      event?.preventDefault();
      this.#endWithoutAsking();
    }) as () => void);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#endWithoutAsking());
  }

  /** What closing the last window means. */
  lastWindowCloses(): 'close' | 'stay' {
    if (this.#phase === 'closed') return 'close';
    void this.#request();
    return 'stay';
  }

  async #request(): Promise<void> {
    if (this.#phase !== 'open') return;
    const jobs = this.#options.application.activity().running;
    if (jobs > 0) {
      this.#phase = 'asking';
      const stop = await this.#ask(jobs);
      // The session may have ended meanwhile.
      if (this.#phase !== 'asking') return;
      this.#phase = 'open';
      if (!stop) return;
    }
    await this.#close();
  }

  #endWithoutAsking(): void {
    if (this.#phase === 'closing' || this.#phase === 'closed') return;
    this.#question.abort();
    void this.#close();
  }

  async #ask(jobs: number): Promise<boolean> {
    const { words } = this.#options.speech;
    const question = {
      type: 'question' as const,
      message: words.quitMessage(jobs),
      detail: words.quitDetail,
      buttons: [words.stopAndQuit, words.keepRunning],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
      signal: this.#question.signal,
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const { response } = await (window === undefined
      ? dialog.showMessageBox(question)
      : dialog.showMessageBox(window, question));
    return response === 0;
  }

  async #close(): Promise<void> {
    this.#phase = 'closing';
    const { application, log, onEnd } = this.#options;
    this.#showEnding(application.activity().running);
    const ended = await Promise.race([
      application.close().then(
        () => 'closed' as const,
        (err) => {
          log.error({ err }, 'the application did not close well');
          return 'failed' as const;
        },
      ),
      new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), CLOSE_MS)),
    ]);
    if (ended === 'late') log.error(`the application did not close within ${CLOSE_MS / 1000} s and is killed`);
    this.#phase = 'closed';
    onEnd();
    if (ended !== 'closed') return app.exit(1);
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    app.quit();
  }

  /** With jobs to stop, the windows stay and show how these end. */
  #showEnding(jobs: number): void {
    const { signs, speech } = this.#options;
    if (jobs > 0) signs.showEnding();
    for (const window of BrowserWindow.getAllWindows()) {
      if (jobs === 0) window.hide();
      else {
        window.on('page-title-updated', (event) => event.preventDefault());
        window.setTitle(speech.words.stopping);
      }
    }
  }
}
