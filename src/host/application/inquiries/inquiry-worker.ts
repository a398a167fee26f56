import { isDeepStrictEqual } from 'node:util';
import type { ConnectionRef } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { InquiryKind, TaskOf, TaskResults } from '#contract/worker-messages';
import { isServerLoss, serverKey } from '#host/lease-desk';
import { endOrphans } from '#host/repair';
import { Supervisor, type SupervisorOptions } from '#host/supervisor';
import type { RunOptions } from '#host/task-run';
import { isWorkerLoss } from '#host/worker-errors';

/** How long a process waits for the next question: it holds memory and a connection. */
const IDLE_MS = 60_000;

/** One place for a worker that answers questions: a process from the first question on, until none came for a minute. */
export class InquiryWorker {
  readonly #options: SupervisorOptions;
  #supervisor: Supervisor | undefined;
  #connection: ConnectionRef | undefined;
  #idle: NodeJS.Timeout | undefined;
  #ending = new Set<Promise<void>>();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Whether it has a connection to this server open. */
  isWarmFor(connection: ConnectionRef | undefined): boolean {
    return connection !== undefined && isDeepStrictEqual(connection, this.#connection);
  }

  /** One at a time. @throws what the task or its process failed with */
  async run<K extends InquiryKind>(task: TaskOf<K>, options: RunOptions): Promise<TaskResults[K]> {
    clearTimeout(this.#idle);
    const worker = this.#ready();
    try {
      if ('connection' in task) await this.#connect(worker, task.connection, options);
      return await worker.run<K>(task, options);
    } catch (error) {
      // What it knows of its server, or the process itself, is of no more use.
      if (isWorkerLoss(error) || (error instanceof LoadstoneError && isServerLoss(error))) this.#dismiss();
      throw error;
    } finally {
      this.#idle = setTimeout(() => this.#dismiss(), IDLE_MS);
      this.#idle.unref();
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    this.#dismiss();
    await Promise.allSettled(this.#ending);
  }

  #ready(): Supervisor {
    if (this.#supervisor?.state === 'broken' || this.#supervisor?.state === 'closed') this.#dismiss();
    this.#supervisor ??= new Supervisor(this.#options);
    return this.#supervisor;
  }

  /** Backends of processes that were lost before must not keep their places. */
  async #connect(worker: Supervisor, connection: ConnectionRef, options: RunOptions): Promise<void> {
    const { pool, resolveTarget } = this.#options.leases;
    const key = serverKey(await resolveTarget(connection));
    this.#connection = connection;
    if (pool.orphans(key).length > 0) {
      await endOrphans(worker, pool, { connection, key }, { cancel: options.cancel });
    }
  }

  #dismiss(): void {
    const worker = this.#supervisor;
    this.#supervisor = undefined;
    this.#connection = undefined;
    if (!worker) return;
    const end = worker.stop().finally(() => this.#ending.delete(end));
    this.#ending.add(end);
  }
}
