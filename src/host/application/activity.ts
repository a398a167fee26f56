import type { Host } from '../host-types.ts';
import type { Activity } from './application-types.ts';

/** A taskbar needs no more. */
const LEAST_MS = 250;

/** How busy the host is, and who wants to know. */
export class ActivityMonitor {
  readonly #host: Host;
  readonly #listeners = new Set<(activity: Activity) => void>();
  readonly #watched = new Map<number, () => void>();
  #stopChanges: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #told = '';

  constructor(host: Host) {
    this.#host = host;
  }

  get now(): Activity {
    const loads = this.#host.running().flatMap((number) => this.#host.live(number) ?? []);
    const totals = loads.map(({ progress }) => progress.bytes.total);
    const known = totals.length > 0 && totals.every((total) => total > 0);
    const done = loads.reduce((sum, { progress }) => sum + progress.bytes.done, 0);
    const total = totals.reduce((sum, bytes) => sum + bytes, 0);
    return { running: loads.length, fraction: known ? Math.min(1, done / total) : null };
  }

  listen(listener: (activity: Activity) => void): () => void {
    this.#listeners.add(listener);
    this.#stopChanges ??= this.#host.onChange(() => this.#changed());
    this.#changed();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stopChanges?.();
    this.#stopChanges = undefined;
    for (const stop of this.#watched.values()) stop();
    this.#watched.clear();
  }

  #changed(): void {
    if (this.#timer !== undefined || this.#listeners.size === 0) return;
    // The end of a job is stored a moment before it leaves the host: look after that.
    this.#timer = setTimeout(() => this.#tell(), LEAST_MS);
  }

  #tell(): void {
    this.#timer = undefined;
    this.#watch(this.#host.running());
    const now = this.now;
    const text = JSON.stringify(now);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(now);
  }

  #watch(running: readonly number[]): void {
    for (const [number, stop] of this.#watched) {
      if (running.includes(number)) continue;
      stop();
      this.#watched.delete(number);
    }
    for (const number of running) {
      if (this.#watched.has(number)) continue;
      this.#watched.set(
        number,
        this.#host.onProgress(number, () => this.#changed()),
      );
    }
  }
}
