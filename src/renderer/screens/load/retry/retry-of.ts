import type { LoadRequest } from '#contract/api/job-views';

/** Only the rejected rows of a load are to be loaded. */
export interface RetryOf {
  /** Whose rejects they are. */
  readonly job: number;
  /** How many of them are open. */
  readonly rows: number;
  /** What they are loaded with, but for what the wizard changes. */
  readonly order: LoadRequest;
}
