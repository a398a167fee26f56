import { type ErrorFacts, toErrorFacts } from '#contract/errors';
import type { JobReport } from '#contract/job-orders';
import type { JobProgress, JobState } from '#contract/jobs';
import type { LoadReport } from '#contract/load';
import type { TablesReport } from '#contract/tables-plan';
import { CancelSwitch, isCancelled } from '../cancel-switch.ts';
import type { JobContext, Server } from '../job-context.ts';
import type { JobEnd } from '../job-end.ts';
import { workOf } from '../job-work.ts';
import type { ProgressMeter } from '../progress-meter.ts';
import type { JobPlace } from './job-actions.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import { SpeedHistory } from './speed-history.ts';

interface OutcomeFacts {
  readonly number: number;
  readonly state: JobState;
  readonly error?: ErrorFacts;
  /** Where the job stood at its end: all that is known of one that was cancelled. */
  readonly progress: JobProgress;
}

export interface LoadOutcome extends OutcomeFacts {
  readonly kind: 'load';
  readonly report?: LoadReport;
}

export interface TablesOutcome extends OutcomeFacts {
  readonly kind: 'tables';
  readonly report?: TablesReport;
}

export type JobOutcome = LoadOutcome | TablesOutcome;

interface RunningJobOptions {
  readonly record: JobRecord;
  readonly store: JobStore;
  readonly meter: ProgressMeter;
  readonly context: (server: Server, cancel: CancelSwitch) => JobContext;
  /** Finds the server and waits until it has room for the job; resolves to how to leave again. */
  readonly enter: (spec: JobRecord['spec'], signal: AbortSignal) => Promise<JobPlace>;
  /** The job's workers are gone; what they left on the server may be cleared away. */
  readonly onLeft: (server: Server) => void;
}

/** A job of this host, from `queued` to its end. Each change of state is stored before it is told. */
export class RunningJob {
  readonly number: number;
  readonly meter: ProgressMeter;
  readonly history: SpeedHistory;
  /** Rejects only when the ledger fails. */
  readonly done: Promise<JobOutcome>;
  readonly #options: RunningJobOptions;
  readonly #cancel = new CancelSwitch();
  #state: JobState = 'queued';
  #remoteClicks = 0;

  constructor(options: RunningJobOptions) {
    this.#options = options;
    this.number = options.record.number;
    this.meter = options.meter;
    this.history = new SpeedHistory(() => this.meter.snapshot());
    this.history.start();
    this.done = this.#run().finally(() => this.history.stop());
    this.done.catch(() => {});
  }

  /** The first call asks, the second kills. */
  cancel(): void {
    try {
      if (this.#state === 'running') this.#change('cancelling');
    } catch {
      // A ledger that fails must not keep anybody from stopping the job; its end will be stored, or say why not.
    }
    this.#cancel.click();
  }

  /** Clicks that other processes left in the ledger, those already heard included. */
  hearRemoteClicks(clicks: number): void {
    for (; this.#remoteClicks < clicks; this.#remoteClicks += 1) this.cancel();
  }

  async #run(): Promise<JobOutcome> {
    const { record, meter } = this.#options;
    const since = performance.now();
    const end = await this.#work(record, since);
    const { state, ...facts } = end;
    this.#change(state, facts);
    const progress = meter.snapshot();
    meter.end();
    // The report is that of the record's kind.
    return { number: this.number, kind: record.kind, state, ...facts, progress } as JobOutcome;
  }

  async #work(record: JobRecord, since: number): Promise<JobEnd> {
    const { enter, context, meter, onLeft } = this.#options;
    let leave = () => {};
    try {
      const place = await enter(record.spec, this.#cancel.asked);
      leave = () => {
        place.leave();
        onLeft(place.server);
      };
      this.#change('running');
      return await workOf(record).run(context(place.server, this.#cancel), meter, since);
    } catch (error) {
      return isCancelled(error) ? { state: 'cancelled' } : { state: 'failed', error: toErrorFacts(error) };
    } finally {
      leave();
    }
  }

  #change(state: JobState, facts: { readonly report?: JobReport; readonly error?: ErrorFacts } = {}): void {
    this.#options.store.change(this.number, state, facts);
    this.#state = state;
  }
}
