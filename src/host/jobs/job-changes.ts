import { type Ledger, readLedger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';

/** How often the ledger is asked whether another process wrote to it: one pragma, which reads no row. */
const LOOK_MS = 500;

type Listener = (numbers: readonly number[]) => void;

interface JobChangesOptions {
  /** Marks the jobs of processes that died. */
  readonly recover: () => void;
  readonly log: Log;
}

/**
 * Tells which jobs changed: at once those of this process, and within half a second those of others. While nobody
 * listens, nothing is asked.
 */
export class JobChanges {
  readonly #ledger: Ledger;
  readonly #options: JobChangesOptions;
  readonly #listeners = new Set<Listener>();
  readonly #othersListeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version = 0;
  #lastEvent = 0;
  #busy = '';

  constructor(ledger: Ledger, options: JobChangesOptions) {
    this.#ledger = ledger;
    this.#options = options;
  }

  listen(listener: Listener): () => void {
    return this.#add(this.#listeners, listener);
  }

  /** Calls the listener when another process wrote anything into the ledger. */
  listenToOthers(listener: () => void): () => void {
    return this.#add(this.#othersListeners, listener);
  }

  tell(numbers: readonly number[]): void {
    for (const listener of this.#listeners) listener(numbers);
  }

  close(): void {
    this.#listeners.clear();
    this.#othersListeners.clear();
    this.#stop();
  }

  #add<L>(listeners: Set<L>, listener: L): () => void {
    listeners.add(listener);
    if (this.#timer === undefined) this.#start();
    return () => {
      listeners.delete(listener);
      if (this.#listeners.size + this.#othersListeners.size === 0) this.#stop();
    };
  }

  #start(): void {
    this.#version = this.#dataVersion();
    this.#lastEvent = this.#eventsSince(Number.MAX_SAFE_INTEGER).last;
    this.#busy = JSON.stringify(this.#busyJobs());
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    try {
      this.#options.recover();
      const version = this.#dataVersion();
      if (version === this.#version) return;
      this.#version = version;
      const { numbers, last } = this.#eventsSince(this.#lastEvent);
      this.#lastEvent = last;
      const changed = new Set([...numbers, ...this.#busyChanges()]);
      if (changed.size > 0) this.tell([...changed]);
      for (const listener of this.#othersListeners) listener();
    } catch (err) {
      this.#options.log.warn({ err }, 'the ledger could not be asked what other processes changed');
    }
  }

  /** Every change of a job's state is an event; only the beginning and the giving up of an action are not. */
  #eventsSince(id: number): { readonly numbers: readonly number[]; readonly last: number } {
    return readLedger(this.#ledger, (database) => {
      const rows = database.prepare('SELECT DISTINCT job FROM job_events WHERE id > ?').pluck().all(id) as number[];
      const last = database.prepare('SELECT COALESCE(MAX(id), 0) FROM job_events').pluck().get() as number;
      return { numbers: rows, last };
    });
  }

  #busyChanges(): readonly number[] {
    const now = this.#busyJobs();
    const text = JSON.stringify(now);
    if (text === this.#busy) return [];
    const before = JSON.parse(this.#busy) as typeof now;
    this.#busy = text;
    const differs = (one: typeof now, other: typeof now) =>
      one.filter(([number, action]) => !other.some(([same, doing]) => same === number && doing === action));
    return [...differs(now, before), ...differs(before, now)].map(([number]) => number);
  }

  #busyJobs(): readonly (readonly [number, string])[] {
    const rows = readLedger(this.#ledger, (database) =>
      database.prepare('SELECT number, action FROM jobs WHERE action IS NOT NULL ORDER BY number').raw().all(),
    );
    return rows as [number, string][];
  }

  #dataVersion(): number {
    return readLedger(this.#ledger, (database) => Number(database.pragma('data_version', { simple: true })));
  }
}
