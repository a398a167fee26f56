import type { AppEvent } from '#contract/api/app';
import type { JobSummary } from '#contract/api/job-views';
import { Bell } from './stream.ts';

type Change = Exclude<AppEvent, { readonly type: 'hello' }>;
type Listener = (change: Change) => void;

/** A window that hears nothing for so long is not interested in older ones. */
const MOST_OPENED = 20;

/** Tells all windows what changed. */
export class AppEvents {
  readonly #listeners = new Set<Listener>();
  #begin: () => () => void = () => () => {};
  #end: (() => void) | undefined;

  /** What to do while there is a listener: `begin` returns how to end it. */
  whileHeard(begin: () => () => void): void {
    this.#begin = begin;
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  listen(listener: Listener): () => void {
    this.#end ??= this.#begin();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  }
}

/** One window's events; what it does not fetch in time is put together, so that a slow one costs no more than a quick one. */
export async function* watchApp(
  subscribe: (listener: Listener) => () => void,
  signal: AbortSignal,
): AsyncGenerator<AppEvent, void> {
  const pending = new Pending();
  const bell = new Bell();
  const stop = subscribe((change) => {
    pending.add(change);
    bell.ring();
  });
  try {
    yield { type: 'hello' };
    while (await bell.wait(signal)) yield* pending.take();
  } finally {
    stop();
  }
}

class Pending {
  #numbers = new Set<number>();
  #names = new Set<'settings' | 'connections'>();
  #opened: (readonly string[])[] = [];
  #ended: readonly JobSummary[] = [];
  #shown: number | null = null;

  add(change: Change): void {
    switch (change.type) {
      case 'jobs':
        for (const number of change.numbers) this.#numbers.add(number);
        break;
      case 'open':
        this.#opened = [...this.#opened, change.paths].slice(-MOST_OPENED);
        break;
      case 'ended':
        this.#ended = [...this.#ended, change.job].slice(-MOST_OPENED);
        break;
      case 'show':
        this.#shown = change.job;
        break;
      case 'settings':
      case 'connections':
        this.#names.add(change.type);
        break;
      default:
        change satisfies never;
    }
  }

  take(): readonly Change[] {
    const changes: Change[] = [
      ...(this.#numbers.size > 0 ? [{ type: 'jobs' as const, numbers: [...this.#numbers] }] : []),
      ...[...this.#names].map((type) => ({ type })),
      ...this.#opened.map((paths) => ({ type: 'open' as const, paths })),
      ...this.#ended.map((job) => ({ type: 'ended' as const, job })),
      ...(this.#shown === null ? [] : [{ type: 'show' as const, job: this.#shown }]),
    ];
    this.#numbers = new Set();
    this.#names = new Set();
    this.#opened = [];
    this.#ended = [];
    this.#shown = null;
    return changes;
  }
}
