import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ConnectionTarget } from '#contract/connection';
import type { JobProgress } from '#contract/jobs';
import type { LoadSpec } from '#contract/load';

export interface HostProcess {
  readonly child: ChildProcess;
  /** The job is in the ledger. */
  readonly begun: Promise<void>;
  readonly progress: () => JobProgress | undefined;
  readonly ended: () => boolean;
  readonly end: Promise<number | null>;
}

interface LoadProcessOptions {
  readonly home: string;
  readonly target: ConnectionTarget;
  readonly spec: LoadSpec;
}

/** Starts a process that opens a host and runs one load. */
export function startLoadProcess(options: LoadProcessOptions): HostProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load-process.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last: JobProgress | undefined;
  let ended = false;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    last = JSON.parse(line);
  });
  const begun = new Promise<void>((resolve) => lines.once('line', () => resolve()));
  const end = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      ended = true;
      resolve(code);
    }),
  );
  return { child, begun, progress: () => last, ended: () => ended, end };
}
