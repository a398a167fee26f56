import { AsyncIteratorClass } from '@orpc/server';

/** Something that can be rung and waited for; rings while nobody waits count as one. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** true when it rang, false when the signal aborted before that. */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (!this.#rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const stop = () => resolve();
        signal.addEventListener('abort', stop, { once: true });
        this.#wake = () => {
          signal.removeEventListener('abort', stop);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    this.#rung = false;
    return !signal.aborted;
  }
}

/**
 * The events of a generator, for a client that may leave at any moment: its leaving aborts the signal the generator
 * gets, so that one which waits ends at once and cleans up. (`return` alone waits until a pending `next` is done.)
 * @param ends what else ends it; @param failed makes what the generator throws fit for the client.
 */
export function stream<Event>(
  ends: readonly (AbortSignal | undefined)[],
  events: (signal: AbortSignal) => AsyncGenerator<Event, void>,
  failed: (thrown: unknown) => Error,
): AsyncIteratorClass<Event, void> {
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, ...ends.filter((end) => end !== undefined)]);
  const generator = events(signal);
  return new AsyncIteratorClass<Event, void>(
    async () => {
      try {
        return await generator.next();
      } catch (thrown) {
        if (signal.aborted) return { done: true, value: undefined };
        throw failed(thrown);
      }
    },
    async () => {
      own.abort();
      await generator.return();
    },
  );
}
