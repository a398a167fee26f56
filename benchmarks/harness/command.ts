import { spawn } from 'node:child_process';
import type { Cluster } from './cluster.ts';

export interface Finished {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly stdout: string;
}

const LAST_WORDS = 2000;

/** Runs a command to its end; any other exit code than the expected one is an error with its last words. */
export async function runTimed(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  expected = 0,
): Promise<Finished> {
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-LAST_WORDS);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (code !== expected) {
    throw new Error(`${command} ${args.join(' ')}\nended with ${code}:\n${stdout.slice(-LAST_WORDS)}\n${stderr}`);
  }
  return { seconds, stdout };
}

export function loadstoneArguments(
  entry: string,
  cluster: Cluster,
  database: string,
  folder: string,
  mapping: string,
): readonly string[] {
  const url = `postgres://${cluster.user}@127.0.0.1:${cluster.port}/${database}`;
  return [entry, 'load', folder, '--mapping', mapping, '--to', url, '--json'];
}

/** Secrets reach children through the environment only. */
export function clientEnvironment(cluster: Cluster, database: string): Record<string, string> {
  return {
    PGHOST: '127.0.0.1',
    PGPORT: String(cluster.port),
    PGUSER: cluster.user,
    PGPASSWORD: cluster.password,
    PGDATABASE: database,
  };
}
