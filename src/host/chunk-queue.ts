import { LoadstoneError } from '#contract/errors';
import type { FileChunk } from '#contract/worker-messages';

/** How often a chunk may take its worker with it before it is called the cause. */
const MAX_LOSSES = 3;

/** The chunks of a load that are still to be staged; one whose worker was lost comes back to the front. */
export class ChunkQueue {
  readonly #pending: FileChunk[];
  readonly #losses = new Map<FileChunk, number>();

  constructor(chunks: readonly FileChunk[]) {
    this.#pending = [...chunks];
  }

  get pending(): number {
    return this.#pending.length;
  }

  take(): FileChunk | null {
    return this.#pending.shift() ?? null;
  }

  /** The chunk was not finished, through no fault of its own. */
  giveBack(chunk: FileChunk): void {
    this.#pending.unshift(chunk);
  }

  /** The chunk's worker died over it. @throws WORKER_CRASHED when that happened too often. */
  lost(chunk: FileChunk, reason: unknown): void {
    const losses = (this.#losses.get(chunk) ?? 0) + 1;
    this.#losses.set(chunk, losses);
    this.giveBack(chunk);
    if (losses >= MAX_LOSSES) throw tooManyLosses(chunk, losses, reason);
  }
}

function tooManyLosses({ first, last }: FileChunk, losses: number, cause: unknown): LoadstoneError {
  const files = first === last ? `File ${first}` : `Files ${first} to ${last}`;
  return new LoadstoneError({
    code: 'WORKER_CRASHED',
    message: `${files} of the load (in the order of their paths) ended ${losses} workers. ${cause instanceof Error ? cause.message : ''}`,
    remedy: 'Look for the file in the log, move it away or repair it, and load again.',
    cause,
  });
}
