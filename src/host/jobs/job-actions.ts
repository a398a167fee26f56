import { CancelSwitch } from '../cancel-switch.ts';
import type { JobContext, Server } from '../job-context.ts';
import { sweepOrphans } from '../orphan-sweep.ts';
import { ACTION_ENDS, type JobAction, type JobRecord } from './job-record.ts';
import type { JobStore, StateFacts } from './job-store.ts';

/** Where a job's work takes place: its server, and room on it until `leave`. */
export interface JobPlace {
  readonly server: Server;
  readonly leave: () => void;
}

interface JobActionsOptions {
  readonly store: JobStore;
  readonly enter: (spec: JobRecord['spec'], signal: AbortSignal) => Promise<JobPlace>;
  readonly context: (number: number, server: Server, cancel: CancelSwitch) => JobContext;
  /** How often the ledger is asked for cancels that other processes want. */
  readonly pollMs: number;
}

interface RunningAction {
  readonly number: number;
  readonly cancel: CancelSwitch;
}

/** Undo and discard: the job is claimed, the work done, and only then the job's state changed. */
export class JobActions {
  readonly #options: JobActionsOptions;
  readonly #running = new Map<Promise<unknown>, RunningAction>();

  constructor(options: JobActionsOptions) {
    this.#options = options;
  }

  /** @throws JOB_STATE, or the work's failure; the job then stays as it was. */
  async act<Result>(
    number: number,
    action: JobAction,
    signal: AbortSignal | undefined,
    work: (context: JobContext) => Promise<Result>,
    factsOf: (result: Result) => StateFacts = () => ({}),
  ): Promise<Result> {
    const { spec } = this.#options.store.claim(number, action);
    const cancel = new CancelSwitch();
    const click = () => cancel.click();
    signal?.addEventListener('abort', click, { once: true });
    if (signal?.aborted) click();
    const running = this.#toEnd(number, action, () => this.#perform(number, spec, cancel, work), factsOf);
    this.#running.set(running, { number, cancel });
    const poll = this.#hearRemoteClicks(number, cancel);
    try {
      return await running;
    } finally {
      clearInterval(poll);
      this.#running.delete(running);
      signal?.removeEventListener('abort', click);
    }
  }

  /** The first call asks, the second kills. @returns the end of what is being done with the job here; undefined: nothing is. */
  cancel(number: number): Promise<unknown> | undefined {
    const [running, action] = [...this.#running].find(([, one]) => one.number === number) ?? [];
    action?.cancel.click();
    return running?.catch(() => undefined);
  }

  /** Cancels all that runs and waits for it. */
  async close(): Promise<void> {
    for (const { cancel } of this.#running.values()) cancel.click();
    await Promise.allSettled(this.#running.keys());
  }

  #hearRemoteClicks(number: number, cancel: CancelSwitch): NodeJS.Timeout {
    const { store, pollMs } = this.#options;
    let heard = 0;
    const look = () => {
      try {
        for (const clicks = store.cancelsRequested(number); heard < clicks; heard += 1) cancel.click();
      } catch {
        // The ledger is asked again; who runs the action can still stop it.
      }
    };
    return setInterval(look, pollMs);
  }

  async #toEnd<Result>(
    number: number,
    action: JobAction,
    perform: () => Promise<Result>,
    factsOf: (result: Result) => StateFacts,
  ): Promise<Result> {
    try {
      const result = await perform();
      this.#options.store.change(number, ACTION_ENDS[action], factsOf(result));
      return result;
    } catch (error) {
      this.#options.store.unclaim(number);
      throw error;
    }
  }

  async #perform<Result>(
    number: number,
    spec: JobRecord['spec'],
    cancel: CancelSwitch,
    work: (context: JobContext) => Promise<Result>,
  ): Promise<Result> {
    const { server, leave } = await this.#options.enter(spec, cancel.asked);
    const context = this.#options.context(number, server, cancel);
    try {
      return await work(context);
    } finally {
      await sweepOrphans(context);
      leave();
    }
  }
}
