import type { JobProgress } from '#contract/jobs';
import { addCounts } from '#contract/open-progress';
import type { PrepareResult, StageProgress } from '#contract/worker-messages';

/** The speed shown is that of this many milliseconds back. */
const SPEED_WINDOW_MS = 5_000;

interface Sample {
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Adds up what the workers of one job report and tells listeners, at most once per interval. */
export class ProgressMeter {
  readonly #intervalMs: number;
  readonly #leases: () => number;
  #workers: () => number = () => 0;
  readonly #listeners = new Set<(progress: JobProgress) => void>();
  readonly #samples: Sample[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastTold = 0;
  #phase: JobProgress['phase'] = 'queued';
  #table: string | undefined;
  #files = { done: 0, total: 0, failed: 0 };
  #bytes = { done: 0, total: 0 };
  #rows = 0;
  #rejected = 0;
  #tables: Readonly<Record<string, number>> = {};
  #statements: JobProgress['statements'];
  #merge: JobProgress['merge'];

  constructor(intervalMs: number, leases: () => number) {
    this.#intervalMs = intervalMs;
    this.#leases = leases;
  }

  /** Calls the listener with every snapshot from now on; returns how to stop that. */
  subscribe(listener: (progress: JobProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Who counts the workers alive from now on. */
  watchWorkers(count: () => number): void {
    this.#workers = count;
  }

  enter(phase: JobProgress['phase']): void {
    this.#phase = phase;
    this.#table = undefined;
    this.#statements = undefined;
    this.#merge = undefined;
    this.#changed();
  }

  /** Starts the counts of an attempt: what is staged already is done. */
  prepared({ files, bytes }: PrepareResult): void {
    this.#files = { done: files.unchanged + files.staged, total: files.found, failed: 0 };
    this.#bytes = { done: 0, total: bytes };
    this.#rows = 0;
    this.#rejected = 0;
    this.#tables = {};
    this.#samples.length = 0;
    this.enter('stage');
  }

  add(progress: StageProgress): void {
    this.#phase = progress.phase;
    this.#table = progress.table;
    this.#statements = progress.statements;
    this.#merge = progress.merge;
    const files = this.#files;
    // During the scan, files are found; later they are done.
    if (progress.phase === 'scan') files.total += progress.files ?? 0;
    else files.done += progress.files ?? 0;
    files.failed += progress.failedFiles ?? 0;
    this.#bytes.done += progress.bytes ?? 0;
    this.#rows += progress.rows ?? 0;
    this.#rejected += progress.rejected ?? 0;
    if (progress.tables !== undefined) this.#tables = addCounts(this.#tables, progress.tables);
    this.#changed();
  }

  snapshot(): JobProgress {
    const { done, total, failed } = this.#files;
    return {
      phase: this.#phase,
      ...(this.#table !== undefined && { table: this.#table }),
      // A chunk staged again after a crash is counted again; no bar should pass its end.
      files: { done: Math.min(done, Math.max(total, 0)), total, failed },
      bytes: { done: Math.min(this.#bytes.done, this.#bytes.total), total: this.#bytes.total },
      rows: this.#rows,
      rejected: this.#rejected,
      tables: this.#tables,
      rowsPerSecond: this.#speed('rows'),
      bytesPerSecond: this.#speed('bytes'),
      workers: this.#workers(),
      leases: this.#leases(),
      ...(this.#statements !== undefined && { statements: this.#statements }),
      ...(this.#merge !== undefined && { merge: this.#merge }),
    };
  }

  /** Tells what is pending and falls silent. */
  end(): void {
    if (this.#timer) this.#tell();
    this.#listeners.clear();
  }

  #changed(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#lastTold + this.#intervalMs - performance.now());
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastTold = performance.now();
    this.#sample(this.#lastTold);
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }

  #sample(now: number): void {
    this.#samples.push({ at: now, rows: this.#rows, bytes: this.#bytes.done });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? now) < now - SPEED_WINDOW_MS) this.#samples.shift();
  }

  #speed(of: 'rows' | 'bytes'): number {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || last.at === first.at) return 0;
    // What was rolled back has been taken back.
    return Math.max(0, Math.round(((last[of] - first[of]) * 1000) / (last.at - first.at)));
  }
}
