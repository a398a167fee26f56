import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { letPass, SHARED_FOLDER } from './binaries.ts';
import { embeddedFailed } from './failure.ts';
import { canReach, ENTER, foreignOwner, give, isRoot, nobody, type ServerAccount } from './server-account.ts';

/** Where one embedded server keeps its things, and whose they are. */
export interface Cluster {
  /** Holds all below; `<home>/postgres` unless the server's account cannot enter the home. */
  readonly folder: string;
  /** PostgreSQL's data folder; absent before the first start. */
  readonly data: string;
  /** The superuser's password, readable for the owner alone. */
  readonly passwordFile: string;
  readonly logFile: string;
  readonly lockFile: string;
  /** As root: the user on whose behalf we work, when the folder is not root's. */
  readonly owner: ServerAccount | undefined;
  /** As root: who runs the server and owns its data. */
  readonly account: ServerAccount | undefined;
}

/**
 * The cluster of a home; its folder exists afterwards. As root with a home that the server's account cannot enter, the
 * folder lies below {@link SHARED_FOLDER} and the home holds a note saying where, so that deleting the home forgets it.
 */
export async function openCluster(home: string): Promise<Cluster> {
  try {
    const created = await mkdir(home, { recursive: true });
    // The server's account has to pass; 711 lets it, and shows it nothing else.
    if (created !== undefined && isRoot()) await chmod(home, 0o711);
    const folder = (await knownFolder(home)) ?? (await chooseFolder(home));
    if (!existsSync(folder)) await makeFolder(folder, undefined);
    return await layOut(folder);
  } catch (cause) {
    if (
      !(
        cause instanceof Error &&
        'code' in cause &&
        /^(EACCES|EPERM|EROFS|ENOSPC|ENOTDIR|EEXIST)$/.test(`${cause.code}`)
      )
    )
      throw cause;
    throw embeddedFailed(
      `The folder ${home} cannot hold the embedded database: ${cause.message}.`,
      'Make it writable for this user, or set LOADSTONE_HOME to another folder.',
      cause,
    );
  }
}

/** The cluster of a home if there is one; changes nothing. */
export async function findCluster(home: string): Promise<Cluster | undefined> {
  const folder = await knownFolder(home);
  return folder !== undefined && existsSync(folder) ? await layOut(folder) : undefined;
}

async function knownFolder(home: string): Promise<string | undefined> {
  const noted = (await readFile(noteOf(home), 'utf8').catch(() => '')).trim();
  if (noted !== '') return noted;
  const inHome = join(home, 'postgres');
  return existsSync(inHome) ? inHome : undefined;
}

async function layOut(given: string): Promise<Cluster> {
  const folder = await realpath(given);
  const owner = await foreignOwner(folder);
  return {
    folder,
    data: join(folder, 'data'),
    passwordFile: join(folder, 'password'),
    logFile: join(folder, 'server.log'),
    lockFile: join(folder, 'lock'),
    owner,
    account: owner ?? (isRoot() ? await nobody() : undefined),
  };
}

async function chooseFolder(home: string): Promise<string> {
  const owner = await foreignOwner(home);
  const account = owner ?? (isRoot() ? await nobody() : undefined);
  if (account === undefined || (await canReach(await realpath(home), account, ENTER))) {
    const inHome = join(home, 'postgres');
    await makeFolder(inHome, owner);
    return inHome;
  }
  return await chooseFolderElsewhere(home, account);
}

async function chooseFolderElsewhere(home: string, account: ServerAccount): Promise<string> {
  for (const shared of [SHARED_FOLDER, join(SHARED_FOLDER, 'clusters')]) {
    await mkdir(shared, { recursive: true });
    await letPass(shared);
  }
  const folder = join(SHARED_FOLDER, 'clusters', randomUUID());
  await makeFolder(folder, undefined);
  if (!(await canReach(folder, account, ENTER))) {
    await rm(folder, { recursive: true });
    throw embeddedFailed(
      `The account ${account.uid}, which runs the server, can enter neither ${home} nor ${SHARED_FOLDER}.`,
      `Let everybody enter ${SHARED_FOLDER} (chmod a+x), or set LOADSTONE_HOME to a folder all may enter.`,
    );
  }
  return await noteFirst(home, folder);
}

/** Of processes that come at once, the first to leave its note decides. A link appears with its content or not at all. */
async function noteFirst(home: string, folder: string): Promise<string> {
  await writeFile(join(folder, 'home'), `${home}\n`);
  const note = noteOf(home);
  const aside = `${note}.${randomUUID()}`;
  await writeFile(aside, `${folder}\n`, { mode: 0o600 });
  const isFirst = await link(aside, note).then(
    () => true,
    () => false,
  );
  await rm(aside);
  if (isFirst) return folder;
  await rm(folder, { recursive: true });
  return (await readFile(note, 'utf8')).trim();
}

function noteOf(home: string): string {
  return join(home, 'postgres-location');
}

/** Open to pass through as root, because the server's account lives below it; otherwise the user's alone. */
async function makeFolder(folder: string, owner: ServerAccount | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, isRoot() ? 0o711 : 0o700);
  await give(folder, owner);
}
