import type { CliContext } from '#cli/context';

export interface Recording {
  readonly context: CliContext;
  readonly out: () => string;
  readonly err: () => string;
}

/** A context whose terminal keeps what is said; nobody watches it, so nothing is redrawn or coloured. */
export function recordingContext(live = false): Recording {
  let out = '';
  let err = '';
  const write = async (text: string) => {
    out += text;
    return true;
  };
  const terminal = {
    out: write,
    err: (text: string) => {
      err += text;
    },
    live,
    colour: false,
    columns: () => 100,
  };
  const interrupts = { signal: new AbortController().signal, onSecond: undefined, stop: () => {} };
  const context = { terminal, interrupts, env: {}, version: '1.2.3', workerEntry: '/nowhere/worker.js' };
  return { context, out: () => out, err: () => err };
}
