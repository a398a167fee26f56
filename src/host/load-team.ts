import { hireWorker, type JobContext } from './job-context.ts';
import type { Supervisor } from './supervisor.ts';

/** The workers of one attempt at a load: a lead, and stagers numbered from 1. */
export class LoadTeam {
  readonly lead: Supervisor;
  /** The process that prepared the load: it holds the load's lock, no other can go on in its place. */
  leadGeneration = 0;
  readonly #context: JobContext;
  readonly #idle: Supervisor[] = [];
  readonly #all: Supervisor[] = [];

  constructor(context: JobContext) {
    this.#context = context;
    this.lead = hireWorker(context, 'lead');
    this.#all.push(this.lead);
  }

  get alive(): number {
    return this.#all.filter((worker) => worker.alive).length;
  }

  /** Forks the lead, and stagers beside it, which saves their start-up time later. */
  start(stagers: number): void {
    this.lead.start();
    for (let count = 0; count < stagers; count += 1) {
      const worker = this.#hire();
      worker.start();
      this.#idle.push(worker);
    }
  }

  stager(): Supervisor {
    return this.#idle.shift() ?? this.#hire();
  }

  /** Sends away the stagers that were started and are not needed. */
  async dismissIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.stop()));
  }

  /** Ends all workers: kindly, and at once those for which a kill was asked. */
  async dismiss(): Promise<void> {
    const { forced } = this.#context.cancel;
    const kill = () => void this.#killAll();
    forced.addEventListener('abort', kill, { once: true });
    if (forced.aborted) kill();
    await Promise.all(this.#all.map((worker) => worker.stop()));
    forced.removeEventListener('abort', kill);
  }

  async #killAll(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.kill()));
  }

  #hire(): Supervisor {
    const worker = hireWorker(this.#context, `stager-${this.#all.length}`);
    this.#all.push(worker);
    return worker;
  }
}
