import { useEffect, useEffectEvent, useState } from 'react';
import { factsOf } from './failure.ts';
import { useHostState } from './use-host-state.ts';

type Open<Event> = (signal: AbortSignal) => Promise<AsyncIterable<Event>>;

/** A stream that broke over what may pass by itself, without the line breaking, is opened again after this time. */
const REOPEN_MS = 1_000;

/**
 * Listens to one of the host's streams for as long as the component is mounted and `key` stays the same, and again
 * whenever the line to the host comes back. The stream begins with how things stand, so nothing is missed.
 * @param key names the stream; null: listen to none.
 * @returns what the stream failed with, if it did for good.
 */
export function useStream<Event>(
  key: string | null,
  open: Open<Event>,
  onEvent: (event: Event) => void,
): { readonly error: unknown } {
  const isOpen = useHostState() === 'open';
  const [error, setError] = useState<unknown>(null);
  const begin = useEffectEvent(open);
  const hear = useEffectEvent(onEvent);
  useEffect(() => {
    if (key === null || !isOpen) return;
    const abort = new AbortController();
    const { signal } = abort;
    setError(null);
    const listen = async () => {
      for await (const event of await begin(signal)) {
        if (signal.aborted) return;
        hear(event);
      }
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = () => {
      listen().catch((thrown) => {
        if (signal.aborted) return;
        if (factsOf(thrown).retryable) timer = setTimeout(run, REOPEN_MS);
        else setError(thrown);
      });
    };
    run();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, isOpen]);
  return { error };
}
