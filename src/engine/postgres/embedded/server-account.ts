import { chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { embeddedFailed } from './failure.ts';

/** The account the server runs under when we are root: PostgreSQL refuses to run as root itself. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Bits of a mode, for one of owner, group and others. */
export const ENTER = 0o1;
export const READ_AND_ENTER = 0o5;

/** Whether this process is root, on a system that has one. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The owner of a folder where that is not us: root works on behalf of a user who came with sudo. */
export async function foreignOwner(folder: string): Promise<ServerAccount | undefined> {
  if (!isRoot()) return undefined;
  const { uid, gid } = await stat(folder);
  return uid === 0 ? undefined : { uid, gid };
}

/** The account root gives way to when nobody in particular owns the data. */
export async function nobody(): Promise<ServerAccount> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, , uid, gid] = /^nobody:.*$/m.exec(passwd)?.[0].split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw embeddedFailed(
      'PostgreSQL does not run as root, and /etc/passwd has no account "nobody" to run it under.',
      'Run Loadstone as an ordinary user, or name a server with --to.',
    );
  }
  // macOS writes -2 for 4294967294.
  return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}

/** Hands a file or folder to an account; without one it already belongs to the right user. */
export async function give(path: string, account: ServerAccount | undefined): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** Whether the account can enter every folder above an existing path, and has the wanted bits on the path itself. */
export async function canReach(path: string, account: ServerAccount, wanted: number): Promise<boolean> {
  for (let at = path, bits = wanted; ; at = dirname(at), bits = ENTER) {
    const { mode, uid, gid } = await stat(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & bits) !== bits) return false;
    if (at === dirname(at)) return true;
  }
}
