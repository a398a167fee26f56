import { type ErrorFacts, toErrorFacts } from '#contract/errors';
import type { JobProgress, JobState } from '#contract/jobs';
import type { LoadReport, LoadSpec } from '#contract/load';
import { CancelSwitch, isCancelled } from '../cancel-switch.ts';
import type { JobContext, Server } from '../job-context.ts';
import type { JobEnd } from '../job-end.ts';
import { runLoad } from '../load-job.ts';
import type { ProgressMeter } from '../progress-meter.ts';
import type { JobPlace } from './job-actions.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import { SpeedHistory } from './speed-history.ts';

export interface JobOutcome {
  readonly number: number;
  readonly state: JobState;
  readonly report?: LoadReport;
  readonly error?: ErrorFacts;
  /** Where the job stood at its end: all that is known of one that was cancelled. */
  readonly progress: JobProgress;
}

interface RunningLoadOptions {
  readonly record: JobRecord;
  readonly store: JobStore;
  readonly meter: ProgressMeter;
  readonly context: (server: Server, cancel: CancelSwitch) => JobContext;
  /** Finds the server and waits until it has room for the job; resolves to how to leave again. */
  readonly enter: (spec: LoadSpec, signal: AbortSignal) => Promise<JobPlace>;
  /** The load's workers are gone; what they left on the server may be cleared away. */
  readonly onLeft: (server: Server) => void;
}

/** A load of this host, from `queued` to its end. Each change of state is stored before it is told. */
export class RunningLoad {
  readonly number: number;
  readonly meter: ProgressMeter;
  readonly history: SpeedHistory;
  /** Rejects only when the ledger fails. */
  readonly done: Promise<JobOutcome>;
  readonly #options: RunningLoadOptions;
  readonly #cancel = new CancelSwitch();
  #state: JobState = 'queued';
  #remoteClicks = 0;

  constructor(options: RunningLoadOptions) {
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
      // A ledger that fails must not keep anybody from stopping the load; its end will be stored, or say why not.
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
    const end = await this.#work(record);
    const report = end.report && this.#finishReport(end.report, end.state, since);
    const facts = { ...(report && { report }), ...(end.error && { error: end.error }) };
    const state = this.#state === 'cancelling' && end.state === 'waiting_for_review' ? 'cancelled' : end.state;
    this.#change(state, facts);
    const progress = meter.snapshot();
    meter.end();
    return { number: this.number, state, ...facts, progress };
  }

  async #work(record: JobRecord): Promise<JobEnd> {
    const { enter, context, meter, onLeft } = this.#options;
    let leave = () => {};
    try {
      const place = await enter(record.spec, this.#cancel.asked);
      leave = () => {
        place.leave();
        onLeft(place.server);
      };
      this.#change('running');
      const resume = record.startedAt !== null;
      return await runLoad(context(place.server, this.#cancel), { spec: record.spec, resume, meter });
    } catch (error) {
      return isCancelled(error) ? { state: 'cancelled' } : { state: 'failed', error: toErrorFacts(error) };
    } finally {
      leave();
    }
  }

  #change(state: JobState, facts: { readonly report?: LoadReport; readonly error?: ErrorFacts } = {}): void {
    this.#options.store.change(this.number, state, facts);
    this.#state = state;
  }

  /** What only the host knows: the job's number, its time over all workers, and how it is called when it is taken back. */
  #finishReport(report: LoadReport, state: JobState, since: number): LoadReport {
    return {
      ...report,
      job: String(this.number),
      state,
      seconds: Math.round(performance.now() - since) / 1000,
      ...(report.undo !== undefined && { undo: `loadstone jobs undo ${this.number}` }),
    };
  }
}
