import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Binaries, program } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { embeddedFailed } from './failure.ts';
import { give } from './server-account.ts';
import { endOrphans } from './stop-server.ts';

/** The name of the embedded server's database. */
export const EMBEDDED_DATABASE = 'loadstone';
/** Its superuser. Not `loadstone`: our bookkeeping schema of that name would come first in the user's search path. */
export const EMBEDDED_USER = 'postgres';

/** Prefix of what a creation leaves behind when it is interrupted; cleared by the next one. */
const UNFINISHED = 'unfinished-';

/**
 * Creates the data folder where it is missing, and refuses one of another PostgreSQL. It is made aside and renamed when
 * complete, so that a creation cut short leaves nothing that looks like a database. Call it under the cluster's lock.
 */
export async function initialise(cluster: Cluster, binaries: Binaries): Promise<void> {
  if (existsSync(cluster.data)) return await checkVersion(cluster, binaries);
  await removeUnfinished(cluster);
  const password = await newPassword(cluster);
  const aside = join(cluster.folder, `${UNFINISHED}${randomUUID()}`);
  const passwordCopy = `${aside}-password`;
  await mkdir(aside);
  await chmod(aside, 0o700);
  await give(aside, cluster.account);
  await writePrivate(passwordCopy, password);
  await give(passwordCopy, cluster.account);
  await runInitdb(cluster, binaries, aside, passwordCopy);
  await rm(passwordCopy);
  await rename(aside, cluster.data);
}

/** The superuser's password, or undefined when its file is lost. */
export async function readPassword(cluster: Cluster): Promise<string | undefined> {
  const password = (await readFile(cluster.passwordFile, 'utf8').catch(() => '')).trim();
  return password === '' ? undefined : password;
}

async function checkVersion(cluster: Cluster, binaries: Binaries): Promise<void> {
  const found = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (found === binaries.major) return;
  const made = found === '' ? 'is not a PostgreSQL data folder' : `was made by PostgreSQL ${found}`;
  throw embeddedFailed(
    `${cluster.data} ${made}; this Loadstone brings PostgreSQL ${binaries.major}.`,
    found === ''
      ? 'Move that folder away, or set LOADSTONE_HOME to another one.'
      : `Use the Loadstone that brings PostgreSQL ${found} to export the data, or set LOADSTONE_HOME to another folder.`,
  );
}

/** An initdb outlives the process that was killed, and may still be writing: each creation has a folder of its own. */
async function removeUnfinished(cluster: Cluster): Promise<void> {
  for (const name of await readdir(cluster.folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(cluster.folder, name);
    await endOrphans(path);
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function newPassword(cluster: Cluster): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await rm(cluster.passwordFile, { force: true });
  await writePrivate(cluster.passwordFile, `${password}\n`);
  await give(cluster.passwordFile, cluster.owner);
  return password;
}

async function writePrivate(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function runInitdb(cluster: Cluster, binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const args = [
    ...['-D', data, '-U', EMBEDDED_USER, '-A', 'scram-sha-256', '--pwfile', passwordFile],
    ...['-E', 'UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ];
  const child = spawn(program(binaries, 'initdb'), args, {
    ...cluster.account,
    cwd: data,
    // Out of reach of the terminal's Ctrl-C: a creation that began is finished.
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('exit', resolve);
  const [complaint, exitCode] = await Promise.all([text(child.stderr), ended]).catch((cause: unknown) => {
    throw embeddedFailed(
      `initdb could not be started: ${String(cause)}.`,
      'Install again with npm ci, or name a server with --to.',
      cause,
    );
  });
  if (exitCode === 0) return;
  throw embeddedFailed(
    `The embedded database could not be created in ${data}: ${complaint.trim().replaceAll('\n', ' | ')}`,
    'Correct what initdb names (often a full disk or missing rights), or set LOADSTONE_HOME to another folder.',
  );
}

/** What the server needs of our environment; PG* variables and secrets stay out of it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  if (process.platform === 'win32') return { ...process.env };
  const { PATH, TZ } = process.env;
  return { ...(PATH && { PATH }), ...(TZ && { TZ }), LC_ALL: 'C' };
}
