import { LoadstoneError } from '#contract/errors';
import { isWorkerLoss } from './worker-errors.ts';

/** An attempt at a load came to nothing through no fault of the load; it may start again from what is staged. */
class LostAttempt extends Error {
  override readonly name = 'LostAttempt';
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(reason instanceof Error ? reason.message : 'The attempt was lost.');
    this.reason = reason;
  }
}

/** Work of the lead: when its process is lost, the attempt is. */
export async function asLead<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw isWorkerLoss(error) ? new LostAttempt(error) : error;
  }
}

/** The reason when the load may start again: its lead was lost, or the server crashed and emptied the staging. */
export function lostReason(thrown: unknown): unknown {
  if (thrown instanceof LostAttempt) return thrown.reason;
  return thrown instanceof LoadstoneError && thrown.code === 'STAGING_LOST' ? thrown : undefined;
}
