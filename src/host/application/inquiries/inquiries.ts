import type { ConnectionRef } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { InquiryKind, InquiryTask, StageProgress, TaskOf, TaskResults } from '#contract/worker-messages';
import { CancelSwitch, isCancelled } from '#host/cancel-switch';
import { isServerLoss, type LeaseDeskOptions } from '#host/lease-desk';
import type { Log } from '#host/log';
import type { HostTiming } from '#host/timing';
import type { WorkerStarter } from '#host/worker-process';
import { InquiryWorker } from './inquiry-worker.ts';
import { Seats } from './seats.ts';

/** Workers that hold a connection each, so also the leases they need. */
export const INQUIRY_LEASES = 2;
/** A catalog question takes milliseconds; a server that does not answer must not leave a window waiting for ever. */
const QUESTION_MS = 30_000;
/** For what is asked last, when this host closes. */
const LAST_MS = 30_000;

interface InquiriesOptions {
  readonly entry: string;
  readonly starter: WorkerStarter;
  readonly timing: HostTiming;
  readonly leases: LeaseDeskOptions;
  readonly log: Log;
}

export interface AskOptions {
  /** Its abort cancels the question. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: StageProgress) => void;
}

interface SeatedOptions extends Pick<AskOptions, 'onProgress'> {
  /** Called when it has a worker: from then on it is the server that lets it wait. */
  readonly onSeat: () => void;
}

/**
 * What windows ask outside of any job, answered by worker processes of their own. Two of them share the window's leases;
 * the others need none: one runs errands that are short, so that finding a server, which every lease waits for, never
 * stands behind a preview, one looks through folders, which takes as long as their disk does, and one glances at how
 * files begin, which is asked at every change somebody makes while the former looks through them. Of previews,
 * exports and whatever else takes long, one runs at a time: a seat stays free for the rest.
 */
export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #workers: readonly InquiryWorker[];
  readonly #errands: InquiryWorker;
  readonly #scanner: InquiryWorker;
  readonly #glancer: InquiryWorker;
  readonly #seats = new Seats(INQUIRY_LEASES);
  readonly #errandSeat = new Seats(1);
  readonly #scanSeat = new Seats(1);
  readonly #glanceSeat = new Seats(1);
  readonly #longSeat = new Seats(1);
  readonly #running = new Set<CancelSwitch>();
  readonly #closing = new AbortController();

  constructor(options: InquiriesOptions) {
    this.#options = options;
    this.#workers = Array.from({ length: INQUIRY_LEASES }, (_, index) => this.#hire(`window-${index + 1}`));
    this.#errands = this.#hire('errand');
    this.#scanner = this.#hire('scan');
    this.#glancer = this.#hire('glance');
  }

  /**
   * @throws what the task failed with; SERVER_UNREACHABLE when a catalog question takes too long; HOST_LOST when this
   * host closes; the signal's reason.
   */
  async ask<K extends InquiryKind>(task: TaskOf<K>, options: AskOptions = {}): Promise<TaskResults[K]> {
    try {
      return await this.#askOnce(task, options);
    } catch (error) {
      if (!this.#mayRetry(task as InquiryTask, error, options)) throw error;
      this.#options.log.info('the embedded server was gone: asking again');
      return await this.#askOnce(task, options);
    }
  }

  /** Cancels all that is asked and ends the workers; `last` may still run errands before. */
  async close(last: (errand: <K extends InquiryKind>(task: TaskOf<K>) => Promise<TaskResults[K]>) => Promise<void>) {
    this.#closing.abort(hostCloses());
    for (const cancel of this.#running) cancel.click();
    await Promise.all([...this.#workers, this.#scanner, this.#glancer].map((worker) => worker.stop()));
    // The errand that was just cancelled has to end first: a worker takes one at a time.
    await this.#errandSeat.enter(new AbortController().signal);
    const cancel = new CancelSwitch();
    const tooLong = setTimeout(() => cancel.click(), LAST_MS);
    await last((task) => this.#errands.run(task, { cancel })).catch((err) => {
      this.#options.log.warn({ err }, 'an errand at the end failed');
    });
    clearTimeout(tooLong);
    await this.#errands.stop();
  }

  /** What ran on the embedded server a moment ago may have outlived it: it starts again, and is asked once more. */
  #mayRetry(task: InquiryTask, error: unknown, { signal }: AskOptions): boolean {
    const connection: ConnectionRef | undefined = 'connection' in task ? task.connection : undefined;
    if (connection?.kind !== 'embedded' || signal?.aborted || this.#closing.signal.aborted) return false;
    return error instanceof LoadstoneError && isServerLoss(error);
  }

  async #askOnce<K extends InquiryKind>(task: TaskOf<K>, options: AskOptions): Promise<TaskResults[K]> {
    const left = AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])]);
    await this.#embeddedUp(task as InquiryTask, left);
    const ends = new AbortController();
    let tooLate = noSeat;
    const timer = isQuestion((task as InquiryTask).kind)
      ? setTimeout(() => ends.abort(tooLate()), QUESTION_MS)
      : undefined;
    const onSeat = () => {
      tooLate = tooSlow;
      timer?.refresh();
    };
    const signal = AbortSignal.any([left, ends.signal]);
    try {
      return await orAborted(this.#seated(task, signal, { ...options, onSeat }), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The first start of the embedded server takes as long as it takes: no seat is held and no question's time runs. */
  async #embeddedUp(task: InquiryTask, signal: AbortSignal): Promise<void> {
    if (!('connection' in task) || task.connection.kind !== 'embedded') return;
    signal.throwIfAborted();
    await orAborted(this.#options.leases.resolveTarget(task.connection), signal);
  }

  /** Waits for a seat, and keeps it until the worker is done with the task, cancelled or not. */
  async #seated<K extends InquiryKind>(
    task: TaskOf<K>,
    signal: AbortSignal,
    run: SeatedOptions,
  ): Promise<TaskResults[K]> {
    const { kind } = task as InquiryTask;
    const long = isLong(kind) ? await this.#longSeat.enter(signal) : undefined;
    try {
      if (kind === 'source.dialect') return await this.#on(this.#glanceSeat, [this.#glancer], task, signal, run);
      if (isScan(kind)) return await this.#on(this.#scanSeat, [this.#scanner], task, signal, run);
      if (isErrand(kind)) return await this.#on(this.#errandSeat, [this.#errands], task, signal, run);
      return await this.#on(this.#seats, this.#workers, task, signal, run);
    } finally {
      if (long !== undefined) this.#longSeat.leave(long);
    }
  }

  async #on<K extends InquiryKind>(
    seats: Seats,
    workers: readonly InquiryWorker[],
    task: TaskOf<K>,
    signal: AbortSignal,
    { onProgress, onSeat }: SeatedOptions,
  ): Promise<TaskResults[K]> {
    const connection = 'connection' in task ? task.connection : undefined;
    const seat = await seats.enter(signal, (index) => workers[index]?.isWarmFor(connection) ?? false);
    onSeat();
    const cancel = new CancelSwitch();
    const click = () => cancel.click();
    signal.addEventListener('abort', click, { once: true });
    this.#running.add(cancel);
    try {
      const worker = workers[seat];
      if (!worker) throw new Error(`There is no seat ${seat}.`);
      return await worker.run<K>(task, { cancel, ...(onProgress && { onProgress }) });
    } finally {
      this.#running.delete(cancel);
      signal.removeEventListener('abort', click);
      seats.leave(seat);
    }
  }

  #hire(worker: string): InquiryWorker {
    const { entry, starter, timing, leases, log } = this.#options;
    return new InquiryWorker({
      holder: { job: 0, worker },
      entry,
      starter,
      timing,
      leases,
      log: log.child({ worker }),
    });
  }
}

/** Short, and without a lease. */
function isErrand(kind: InquiryKind): boolean {
  return kind === 'server.resolve' || kind === 'server.test' || kind === 'embedded.stop';
}

/** Reads files only, for as long as their disk takes. */
function isScan(kind: InquiryKind): boolean {
  return kind.startsWith('source.');
}

function isLong(kind: InquiryKind): boolean {
  const long: readonly InquiryKind[] = [
    ...(['load.preview', 'undo.preview', 'review.resolve', 'audit.export'] as const),
    ...(['rejects.export', 'rejects.import', 'rejects.correctAll', 'rejects.record'] as const),
  ];
  return long.includes(kind);
}

const PAGES: readonly InquiryKind[] = [
  ...(['rejects.page', 'rejects.groups', 'undo.conflicts', 'audit.page', 'audit.files'] as const),
  ...(['review.read', 'review.revision', 'review.page', 'review.duplicates', 'server.test'] as const),
];

function isQuestion(kind: InquiryKind): boolean {
  return kind.startsWith('tables.') || PAGES.includes(kind);
}

/** Who asked need not wait until the worker has followed its cancel. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } catch (error) {
    work.catch(() => {});
    throw isCancelled(error) && signal.aborted ? signal.reason : error;
  } finally {
    aborted.promise.catch(() => {});
    signal.removeEventListener('abort', abort);
  }
}

function tooSlow(): LoadstoneError {
  return new LoadstoneError({
    code: 'SERVER_UNREACHABLE',
    message: `The server did not answer within ${QUESTION_MS / 1000} s.`,
    remedy: 'Look whether the server is busy or something holds locks there, then try again.',
    retryable: true,
  });
}

function noSeat(): LoadstoneError {
  return new LoadstoneError({
    code: 'HOST_LOST',
    message: `Other questions kept Loadstone busy for ${QUESTION_MS / 1000} s: this one was not asked.`,
    remedy: 'Wait a moment, then try again.',
    retryable: true,
  });
}

function hostCloses(): LoadstoneError {
  return new LoadstoneError({
    code: 'HOST_LOST',
    message: 'Loadstone was closed before this was done.',
    remedy: 'Start it again.',
    retryable: true,
  });
}
