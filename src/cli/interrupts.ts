/** One press may arrive several times: from the terminal, from npx and from the launcher. A second press takes longer. */
const SAME_PRESS_MS = 200;
/** How long a kill may take to be stored before the process ends without that. */
const KILL_MS = 3_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  /** Aborts at the first Ctrl-C (or SIGTERM): stop, keep what is true. */
  readonly signal: AbortSignal;
  /** Kills what runs at the second one; where there is nothing to kill, the process ends at once. */
  onSecond: (() => void) | undefined;
  stop(): void;
}

interface Ending {
  /** Ends the process. */
  readonly exit: () => void;
  readonly now?: () => number;
}

/**
 * Listens for Ctrl-C: *running* → the first press aborts `signal` → *stopping* → the second calls `onSecond` → *killing*
 * → a third press, or time, ends the process.
 */
export function listenForInterrupts({ exit, now = () => performance.now() }: Ending): Interrupts {
  const first = new AbortController();
  let heardAt = Number.NEGATIVE_INFINITY;
  let killing = false;
  const hear = () => {
    const isSamePress = now() - heardAt < SAME_PRESS_MS;
    heardAt = now();
    if (isSamePress) return;
    if (!first.signal.aborted) return first.abort();
    if (killing || interrupts.onSecond === undefined) return exit();
    killing = true;
    interrupts.onSecond();
    setTimeout(exit, KILL_MS).unref();
  };
  const interrupts: Interrupts = {
    signal: first.signal,
    onSecond: undefined,
    stop: () => {
      for (const signal of SIGNALS) process.off(signal, hear);
    },
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return interrupts;
}
