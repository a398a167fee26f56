import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { consoleLine } from './log-console.ts';
import { RotatingFile } from './rotating-file.ts';

export type Log = Logger;
type ConsoleLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface OpenLog {
  readonly log: Log;
  close(): void;
}

/** Values under these names never reach a log. */
const SECRET_NAMES = ['password', 'secret', 'token', 'apiKey', 'authorization', 'cookie'];
const REDACTED = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
/** The password of a URL, wherever it stands in a message. */
const URL_PASSWORD = /(\w+:\/\/[^\s:/@"']*:)[^\s@"']+@/g;

/**
 * Opens the log: every line as JSON into `logs/loadstone.log` of the home (rotated), and as text on stderr from
 * `consoleLevel` up. Lines are written in this thread and at once: a pino transport would run in a worker thread, which
 * delays the end of each command and loses the last lines of one that is killed.
 */
export function openLog(options: { readonly home: string; readonly consoleLevel: ConsoleLevel }): OpenLog {
  const file = new RotatingFile(join(options.home, 'logs', 'loadstone.log'));
  const streams = [
    { level: 'debug' as const, stream: { write: (line: string) => file.write(maskUrls(line)) } },
    ...(options.consoleLevel === 'silent'
      ? []
      : [
          {
            level: options.consoleLevel,
            stream: { write: (line: string) => void process.stderr.write(consoleLine(maskUrls(line))) },
          },
        ]),
  ];
  const settings = { level: 'debug', base: { pid: process.pid }, redact: { paths: REDACTED, censor: '(hidden)' } };
  return { log: pino(settings, pino.multistream(streams)), close: () => file.close() };
}

function maskUrls(line: string): string {
  return line.replace(URL_PASSWORD, '$1(hidden)@');
}
