import { LoadstoneError } from '#contract/errors';

/** An error of the embedded server, in facts. */
export function embeddedFailed(message: string, remedy: string, cause?: unknown): LoadstoneError {
  return new LoadstoneError({ code: 'EMBEDDED_FAILED', message, remedy, ...(cause !== undefined && { cause }) });
}
