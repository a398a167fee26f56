import type { WriteStream } from 'node:tty';

/**
 * Where the command line speaks: what a command was asked for goes to `out`, what it says about its work to `err`.
 */
export interface Terminal {
  /** Waits while the reader is slow. False once the reader has gone (`| head`): then stop producing. */
  out(text: string): Promise<boolean>;
  err(text: string): void;
  /** A person watches `err`: lines may be redrawn. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly columns: () => number;
}

/** A reader that has gone is no failure of ours; anything else that streams report cannot be told to anyone. */
function isGone(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'EIO' || error.code === 'ERR_STREAM_DESTROYED';
}

function wantsColour(stream: WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

/** The terminal over this process's own streams. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  let readerGone = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    readerGone = true;
    if (!isGone(error)) stderr.write(`loadstone: standard output cannot be written: ${error.message}\n`);
  });
  stderr.on('error', () => {});
  return {
    out: (text) =>
      new Promise((resolve) => {
        if (readerGone) return resolve(false);
        const flowing = stdout.write(text, (error) => {
          readerGone ||= error != null;
          resolve(!readerGone);
        });
        if (flowing) resolve(!readerGone);
      }),
    err: (text) => {
      stderr.write(text);
    },
    live: stderr.isTTY === true && process.env.TERM !== 'dumb',
    colour: wantsColour(stderr, process.env),
    // A pseudo-terminal may have no size.
    columns: () => stderr.columns || 80,
  };
}
