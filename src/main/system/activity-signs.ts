import { app, BrowserWindow, powerSaveBlocker } from 'electron';
import type { Activity } from '#host/application/application-types';

/** Shows on every window's taskbar button how far the jobs are, and keeps the machine from sleeping while they run. */
export class ActivitySigns {
  #activity: Activity = { running: 0, fraction: null };
  #blocker: number | null = null;
  #ending = false;

  constructor() {
    app.on('browser-window-created', (_event, window) => this.#mark(window));
  }

  show(activity: Activity): void {
    this.#activity = activity;
    this.#keepAwake(activity.running > 0);
    for (const window of BrowserWindow.getAllWindows()) this.#mark(window);
  }

  /** The application is ending: from now on only that is shown. */
  showEnding(): void {
    this.#ending = true;
    for (const window of BrowserWindow.getAllWindows()) this.#mark(window);
  }

  clear(): void {
    this.#keepAwake(false);
  }

  #mark(window: BrowserWindow): void {
    const { running, fraction } = this.#activity;
    if (this.#ending || (running > 0 && fraction === null)) window.setProgressBar(2, { mode: 'indeterminate' });
    else if (running > 0) window.setProgressBar(Math.min(fraction ?? 0, 1), { mode: 'normal' });
    else window.setProgressBar(-1);
  }

  #keepAwake(needed: boolean): void {
    if (needed) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
