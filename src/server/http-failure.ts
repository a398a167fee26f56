import { type ErrorFacts, type ErrorOptions, LoadstoneError } from '#contract/errors';

/** A request that is refused: how HTTP says it, and what the page can show. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly statusCode: number;
  readonly facts: ErrorFacts;

  constructor(statusCode: number, options: ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.statusCode = statusCode;
    this.facts = new LoadstoneError(options).toFacts();
  }
}

/** The code of a failure of the system, as ENOSPC. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
