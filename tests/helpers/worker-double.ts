import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionRef } from '#contract/connection';
import type { LoadReport, LoadSpec } from '#contract/load';
import {
  type FileChunk,
  GENERATION_VARIABLE,
  type HostToWorker,
  type Task,
  type WorkerToHost,
} from '#contract/worker-messages';

/**
 * A worker that speaks the whole protocol and moves no rows: "staging" a chunk is a line in `staged.log` of its folder.
 * It runs as a real process; its entry file (see host-folder.ts) passes its folder and how it misbehaves as arguments.
 */
export interface Behaviour {
  /** Files of the load; each is a chunk of its own. */
  readonly files?: number;
  readonly chunkMs?: number;
  readonly mergeMs?: number;
  readonly prepareMs?: number;
  readonly undoMs?: number;
  readonly start?: 'never-ready' | 'exit';
  /** Let this many starts fail, then start well. */
  readonly failedStarts?: number;
  /** Answer no ping and nothing else after `ready`. */
  readonly silent?: boolean;
  readonly ignoreCancel?: boolean;
  readonly ignoreShutdown?: boolean;
  /** Kill itself over this file, this many times in all. */
  readonly crashOnFile?: { readonly file: number; readonly times: number };
  /** Kill itself during this task, this many times in all. */
  readonly crashOnTask?: { readonly kind: Task['kind']; readonly times: number };
  /** The staging is found empty during staging, this many times in all. */
  readonly stagingLost?: number;
  /** Before its own, send frames of an older generation that claim the task is done. */
  readonly staleFrames?: boolean;
  readonly failMerge?: boolean;
  readonly rejects?: number;
}

type Words = WorkerToHost extends infer Frame ? (Frame extends unknown ? Omit<Frame, 'generation'> : never) : never;

const generation = Number(process.env[GENERATION_VARIABLE]);

function serve(folder: string, behaviour: Behaviour): void {
  process.on('disconnect', () => process.exit(1));
  if (behaviour.start === 'exit' || onceMore(folder, 'starts', behaviour.failedStarts ?? 0)) {
    process.stderr.write('the double refuses to start\n');
    process.exit(7);
  }
  if (behaviour.start === 'never-ready') return void setInterval(() => {}, 1_000);
  writeFileSync(join(folder, 'environment.log'), Object.keys(process.env).join('\n'));
  const worker = new Double(folder, behaviour);
  process.on('message', (message) => worker.hear(message as HostToWorker));
  say({ type: 'ready' });
}

function say(words: Words, stamp = generation): void {
  process.send?.({ ...words, generation: stamp });
}

/** Counts over all processes of the folder; true the first `times` times. */
function onceMore(folder: string, name: string, times: number): boolean {
  const file = join(folder, `${name}.count`);
  const before = existsSync(file) ? readFileSync(file, 'utf8').length : 0;
  if (before >= times) return false;
  appendFileSync(file, 'x');
  return true;
}

class Double {
  readonly #folder: string;
  readonly #behaviour: Behaviour;
  readonly #leases = new Map<number, (leaseId: number) => void>();
  readonly #chunks: ((chunk: FileChunk | null) => void)[] = [];
  #leaseId: number | undefined;
  #lastRequest = 0;
  #cancelled = false;

  constructor(folder: string, behaviour: Behaviour) {
    this.#folder = folder;
    this.#behaviour = behaviour;
  }

  hear(message: HostToWorker): void {
    if (this.#behaviour.silent) return;
    switch (message.type) {
      case 'task':
        this.#cancelled = false;
        void this.#perform(message.taskId, message.task);
        break;
      case 'cancel':
        if (!this.#behaviour.ignoreCancel) this.#cancelled = true;
        break;
      case 'chunk':
        this.#chunks.shift()?.(message.chunk);
        break;
      case 'lease':
        this.#leases.get(message.requestId)?.(message.leaseId);
        break;
      case 'lease-refused':
        process.stderr.write(`refused: ${message.error.message}\n`);
        break;
      case 'ping':
        say({ type: 'pong', sequence: message.sequence, rssBytes: process.memoryUsage.rss() });
        break;
      case 'shutdown':
        if (this.#behaviour.ignoreShutdown) break;
        this.#releaseLease();
        process.disconnect();
        break;
    }
  }

  async #perform(taskId: number, task: Task): Promise<void> {
    if (this.#behaviour.staleFrames) {
      say({ type: 'done', taskId, result: null }, generation - 1);
      say({ type: 'failed', taskId, error: stagingLost }, generation + 1);
    }
    const { crashOnTask } = this.#behaviour;
    const crash = crashOnTask?.kind === task.kind && onceMore(this.#folder, `crash-${task.kind}`, crashOnTask.times);
    if ('connection' in task) await this.#lease(task.connection);
    else if ('spec' in task) await this.#lease(task.spec.connection);
    if (crash) this.#crash(`crashing over ${task.kind}`);
    switch (task.kind) {
      case 'load.prepare':
        return this.#prepare(taskId);
      case 'load.stage':
        return this.#stage(taskId);
      case 'load.merge':
        return this.#merge(taskId, task.spec);
      case 'backends.end':
        this.#note('ended.log', task.pids.join(','));
        return say({ type: 'done', taskId, result: null });
      case 'load.undo':
        if (await this.#busy(this.#behaviour.undoMs ?? 0)) return say({ type: 'cancelled', taskId });
        return say({ type: 'done', taskId, result: UNDONE });
      case 'load.discard':
        return say({ type: 'done', taskId, result: null });
    }
  }

  async #prepare(taskId: number): Promise<void> {
    this.#note('prepared.log', String(process.pid));
    if (await this.#busy(this.#behaviour.prepareMs ?? 0)) return say({ type: 'cancelled', taskId });
    const found = this.#behaviour.files ?? 1;
    const staged = stagedFiles(this.#folder);
    const left = Array.from({ length: found }, (_, index) => index + 1).filter((file) => !staged.has(file));
    say({
      type: 'done',
      taskId,
      result: {
        fence: 1,
        chunks: left.map((file) => ({ first: file, last: file })),
        files: { found, unchanged: 0, toStage: left.length, staged: staged.size },
        bytes: found * 100,
      },
    });
  }

  async #stage(taskId: number): Promise<void> {
    let files = 0;
    for (;;) {
      if (this.#cancelled) return say({ type: 'cancelled', taskId });
      const chunk = await this.#nextChunk(taskId);
      if (chunk === null) return say({ type: 'done', taskId, result: { files, rows: files * 10 } });
      this.#note('chunks.log', `${chunk.first}`);
      const { crashOnFile, stagingLost: lost } = this.#behaviour;
      if (crashOnFile?.file === chunk.first && onceMore(this.#folder, 'crash-file', crashOnFile.times)) {
        this.#crash(`crashing over file ${chunk.first}`);
      }
      if (await this.#busy(this.#behaviour.chunkMs ?? 5)) return say({ type: 'cancelled', taskId });
      if (onceMore(this.#folder, 'lost', lost ?? 0)) {
        writeFileSync(join(this.#folder, 'staged.log'), '');
        return say({ type: 'failed', taskId, error: stagingLost });
      }
      this.#note('staged.log', `${chunk.first}`);
      files += 1;
      say({ type: 'progress', taskId, progress: { phase: 'stage', files: 1, bytes: 100, rows: 10 } });
    }
  }

  async #merge(taskId: number, { dryRun }: LoadSpec): Promise<void> {
    if (await this.#busy(this.#behaviour.mergeMs ?? 0)) return say({ type: 'cancelled', taskId });
    const report = reportOf(this.#folder, this.#behaviour.rejects ?? 0);
    const undo = dryRun ? {} : { undo: 'loadstone jobs undo' };
    if (!this.#behaviour.failMerge) return say({ type: 'done', taskId, result: { ...report, ...undo } });
    const error = { code: 'TOO_MANY_REJECTS', message: 'Too many.', remedy: 'Fewer.', retryable: false } as const;
    say({ type: 'failed', taskId, error, report: { ...report, state: 'failed' } });
  }

  #nextChunk(taskId: number): Promise<FileChunk | null> {
    say({ type: 'next', taskId });
    return new Promise((resolve) => this.#chunks.push(resolve));
  }

  async #lease(connection: ConnectionRef): Promise<void> {
    if (this.#leaseId !== undefined) return;
    this.#lastRequest += 1;
    const requestId = this.#lastRequest;
    const granted = new Promise<number>((resolve) => this.#leases.set(requestId, resolve));
    say({ type: 'lease-request', requestId, connection });
    this.#leaseId = await granted;
    // Made up, but unique per process and lease, like a backend's. Sent before it is noted: the host then knows of it.
    say({ type: 'lease-connected', leaseId: this.#leaseId, backendPid: process.pid });
    this.#note('leases.log', `+${this.#leaseId}`);
  }

  #releaseLease(): void {
    if (this.#leaseId === undefined) return;
    this.#note('leases.log', `-${this.#leaseId}`);
    say({ type: 'lease-release', leaseId: this.#leaseId });
    this.#leaseId = undefined;
  }

  /** Waits; true when a cancel came meanwhile. */
  async #busy(ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    do {
      await new Promise((resolve) => setTimeout(resolve, Math.min(10, ms)));
    } while (Date.now() < until && !this.#cancelled);
    return this.#cancelled;
  }

  #crash(words: string): void {
    process.stderr.write(`${words}\n`);
    process.kill(process.pid, 'SIGKILL');
  }

  #note(file: string, line: string): void {
    appendFileSync(join(this.#folder, file), `${line}\n`);
  }
}

function stagedFiles(folder: string): ReadonlySet<number> {
  const file = join(folder, 'staged.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return new Set(lines.map(Number));
}

const UNDONE = { tables: { t: { removed: 1, restored: 0, conflicts: 0 } }, sample: [] };

const stagingLost = {
  code: 'STAGING_LOST',
  message: 'The staging is empty.',
  remedy: 'Stage again.',
  retryable: true,
} as const;

function reportOf(folder: string, rejects: number): LoadReport {
  const loaded = stagedFiles(folder).size;
  return {
    job: '',
    state: rejects > 0 ? 'succeeded_with_rejects' : 'succeeded',
    files: { found: loaded, loaded, unchanged: 0, failed: 0, skipped: [], skippedCount: 0, failures: [] },
    tables: {
      t: {
        read: loaded * 10 + rejects,
        inserted: loaded * 10,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        rejected: rejects,
      },
    },
    rejects: { total: rejects, byReason: {}, sample: [] },
    conflicts: { insideLoad: 0, sample: [] },
    warnings: [],
    bytes: loaded * 100,
    seconds: 0,
  };
}

const [, , folder = '', behaviour = '{}'] = process.argv;
serve(folder, JSON.parse(behaviour) as Behaviour);
