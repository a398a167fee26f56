import type { JobState } from '#contract/jobs';
import { type Ledger, readLedger } from '../ledger/ledger.ts';

/** What of a job's history is an end that somebody may wait for. */
const ENDS = [
  'succeeded',
  'succeeded_with_rejects',
  'failed',
  'waiting_for_review',
  'cancelled',
  'interrupted',
  'undone',
];

export interface JobEnded {
  readonly number: number;
  readonly state: JobState;
}

/**
 * Finds jobs that have come to an end, here or in another process, since it began: by the ledger's history, so none is
 * missed however short it was, none is found twice, and no clock is asked.
 */
export class JobEnds {
  readonly #ledger: Ledger;
  #last = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** From here on ends count. */
  start(): void {
    this.#last = readLedger(
      this.#ledger,
      (database) => database.prepare('SELECT COALESCE(MAX(id), 0) FROM job_events').pluck().get() as number,
    );
  }

  /** Ends since the last look, of each job the last one. */
  look(): readonly JobEnded[] {
    const rows = readLedger(this.#ledger, (database) =>
      database.prepare('SELECT id, job, event FROM job_events WHERE id > ? ORDER BY id').all(this.#last),
    ) as { readonly id: number; readonly job: number; readonly event: string }[];
    this.#last = rows.at(-1)?.id ?? this.#last;
    const ends = rows.filter(({ event }) => ENDS.includes(event));
    const last = new Map(ends.map(({ job, event }) => [job, event as JobState]));
    return [...last].map(([number, state]) => ({ number, state }));
  }
}
