import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ConnectionTarget } from '#contract/connection';
import type { EmbeddedStatus } from '#engine/postgres/embedded/embedded';

/** Calls ensureEmbedded and prints what it got, as one JSON line. */
const PROGRAM = `
  import { embeddedStatus, ensureEmbedded } from '#engine/postgres/embedded/embedded';
  const home = process.env.TEST_HOME;
  const target = await ensureEmbedded({ home });
  process.stdout.write(JSON.stringify({ target, status: await embeddedStatus({ home }) }) + '\\n');
`;

export interface EnsureResult {
  readonly target: ConnectionTarget;
  readonly status: EmbeddedStatus;
}

export interface EnsureProcessOptions {
  readonly uid?: number;
  readonly gid?: number;
  /** As root: the only capabilities it keeps (names parted by commas). */
  readonly capabilities?: string;
  /** Another copy of the project. */
  readonly cwd?: string;
}

/** A process of its own that starts (or adopts) the home's server and then ends. */
export function startEnsureProcess(
  home: string,
  { capabilities, ...options }: EnsureProcessOptions = {},
): { readonly child: ChildProcess; readonly result: Promise<EnsureResult> } {
  const confine =
    capabilities === undefined ? [] : ['setpriv', `--bounding-set=-all,+${capabilities.replaceAll(',', ',+')}`];
  const [command = '', ...args] = [...confine, process.execPath, '--input-type=module', '-e', PROGRAM];
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, TEST_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  return { child, result: readResult(child) };
}

/** Runs {@link startEnsureProcess} to its end. */
export async function ensureInProcess(home: string, options: EnsureProcessOptions = {}): Promise<EnsureResult> {
  return await startEnsureProcess(home, options).result;
}

async function readResult(child: ChildProcess): Promise<EnsureResult> {
  if (child.stdout === null || child.stderr === null) throw new Error('its output is not piped');
  const [output, errors, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (code !== 0) throw new Error(`ensureEmbedded ended with ${code ?? signal}: ${errors}`);
  return JSON.parse(output);
}
