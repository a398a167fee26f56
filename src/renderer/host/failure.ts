import { ORPCError } from '@orpc/client';
import { type ErrorFacts, LoadstoneError, toErrorFacts } from '#contract/errors';

/** The line to the host is down. */
export function hostLost(): LoadstoneError {
  return new LoadstoneError({
    code: 'HOST_LOST',
    message: 'Loadstone does not answer.',
    remedy: 'Jobs go on by themselves. Check that Loadstone still runs; this window finds it again by itself.',
    retryable: true,
  });
}

/** What went wrong with a call, as facts for people. */
export function factsOf(thrown: unknown): ErrorFacts {
  if (thrown instanceof ORPCError) {
    if (thrown.code === 'FAILED' && isFacts(thrown.data)) return thrown.data;
    if (thrown.code === 'BAD_REQUEST') return refusedInput(thrown);
  }
  if (thrown instanceof LoadstoneError) return thrown.toFacts();
  // What a broken line makes of the calls that were under way.
  if (isAbort(thrown)) return hostLost().toFacts();
  return toErrorFacts(thrown);
}

/** Whether a remedy is for somebody at a command line ("Use --pool 6 or more."), which helps nobody at a window. */
export function isForTerminal(remedy: string): boolean {
  return /(?:^|[\s"(])--[a-z]|"loadstone /.test(remedy) && !remedy.includes('loadstone serve');
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function isFacts(data: unknown): data is ErrorFacts {
  return typeof data === 'object' && data !== null && 'code' in data && 'remedy' in data;
}

function refusedInput(error: ORPCError<string, unknown>): ErrorFacts {
  const { data } = error;
  const issues = typeof data === 'object' && data !== null && 'issues' in data ? JSON.stringify(data.issues) : '';
  return {
    code: 'USAGE',
    message: `What was asked for is not valid. ${issues}`.trim(),
    remedy: 'Correct the marked fields, then try again.',
    retryable: false,
  };
}
