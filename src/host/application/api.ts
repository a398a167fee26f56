import { implement, ORPCError } from '@orpc/server';
import { contract } from '#contract/api/contract';
import { type ErrorFacts, LoadstoneError, toErrorFacts } from '#contract/errors';
import { isCancelled } from '../cancel-switch.ts';
import type { Log } from '../log.ts';

export type Api = ReturnType<typeof createApi>;

/**
 * The contract to be implemented. Whatever a handler or the contract's own checks throw reaches the client as FAILED
 * with facts; a request that its client gave up ends as such.
 */
export function createApi(log: Log) {
  return implement(contract).use(async ({ next, signal, path }) => {
    try {
      return await next();
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      throw asFailed(thrown, log, path.join('.'));
    }
  });
}

/** Any thrown value as the contract's error. What nobody foresaw is logged. */
export function asFailed(thrown: unknown, log: Log, request: string): ORPCError<'FAILED', ErrorFacts> {
  const facts = factsOf(thrown);
  if (facts.code === 'INTERNAL') log.error({ err: thrown, request }, 'a request of a window failed unforeseen');
  return new ORPCError('FAILED', { message: facts.message, data: facts, cause: thrown });
}

function factsOf(thrown: unknown): ErrorFacts {
  if (isCancelled(thrown)) return CANCELLED.toFacts();
  if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST') return badRequest(thrown).toFacts();
  return toErrorFacts(thrown);
}

const CANCELLED = new LoadstoneError({
  code: 'HOST_LOST',
  message: 'This was stopped before it was done.',
  remedy: 'Try again.',
  retryable: true,
});

function badRequest(error: ORPCError<string, unknown>): LoadstoneError {
  const { issues = [] } = (error.data ?? {}) as { readonly issues?: readonly Issue[] };
  const [first] = issues;
  const where = first?.path?.map((step) => (typeof step === 'object' ? step.key : step).toString()).join('.');
  return new LoadstoneError({
    code: 'USAGE',
    message: `The request is not complete or not right${where ? ` at "${where}"` : ''}${first ? `: ${first.message}` : ''}.`,
    remedy: 'Correct the entry and try again. If it stays, reload the page: it may belong to another version.',
    cause: error,
  });
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}
