import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';

type Login = Pick<ConnectionTarget, 'host' | 'port' | 'database' | 'user'>;

/** Bits of a mode that let others than the owner in: libpq ignores such a password file. */
const OTHERS_MASK = 0o077;
/** Folders libpq was built to look for sockets in; it calls a server there `localhost` in the password file. */
const DEFAULT_SOCKET_FOLDERS: readonly string[] = ['/var/run/postgresql', '/run/postgresql', '/tmp'];

/**
 * The password for a login whose target holds none: PGPASSWORD, else the password file, as psql does.
 * @throws LoadstoneError PASSWORD_MISSING when neither has one. Called only when the server asks for a password.
 */
export async function findPassword(target: Login, env: NodeJS.ProcessEnv): Promise<string> {
  if (env.PGPASSWORD) return env.PGPASSWORD;
  const file = passwordFile(env);
  const found = await readPasswordFile(file, target);
  if (typeof found === 'string') return found;
  throw new LoadstoneError({
    code: 'PASSWORD_MISSING',
    message: `The server at ${target.host}:${target.port} asks for the password of user ${target.user}, and there is none${found.why}.`,
    remedy: `Set PGPASSWORD, or add the line ${target.host}:${target.port}:${target.database}:${target.user}:<password> to ${file} (mode 0600).`,
  });
}

function passwordFile(env: NodeJS.ProcessEnv): string {
  if (env.PGPASSFILE) return env.PGPASSFILE;
  if (process.platform === 'win32') return join(env.APPDATA ?? homedir(), 'postgresql', 'pgpass.conf');
  return join(env.HOME ?? homedir(), '.pgpass');
}

async function readPasswordFile(file: string, target: Login): Promise<string | { readonly why: string }> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & OTHERS_MASK) !== 0) {
      return { why: ` (${file} was ignored because others may read it)` };
    }
    return matchPassword(await readFile(file, 'utf8'), target) ?? { why: ` in PGPASSWORD or ${file}` };
  } catch {
    return { why: ` (neither PGPASSWORD nor ${file} is set)` };
  }
}

/** The first matching line of a password file: `host:port:database:user:password`, `*` for any, `\:` and `\\` escaped. */
export function matchPassword(text: string, target: Login): string | undefined {
  const isSocket = target.host.startsWith('/');
  const hosts = isSocket && DEFAULT_SOCKET_FOLDERS.includes(target.host) ? [target.host, 'localhost'] : [target.host];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const [host, port, database, user, password] = splitLine(line);
    if (host === undefined || port === undefined || database === undefined || user === undefined) continue;
    const matches =
      (host === '*' || hosts.includes(host)) &&
      (port === '*' || port === String(target.port)) &&
      (database === '*' || database === target.database) &&
      (user === '*' || user === target.user);
    if (matches && password) return password;
  }
  return undefined;
}

/** Four fields parted by unescaped colons, then the password: the rest of the line. */
function splitLine(line: string): readonly string[] {
  const fields = [''];
  for (let at = 0; at < line.length; at += 1) {
    const escaped = line[at] === '\\' && (line[at + 1] === '\\' || line[at + 1] === ':');
    if (escaped) at += 1;
    else if (line[at] === ':' && fields.length < 5) {
      fields.push('');
      continue;
    }
    fields.push(`${fields.pop() ?? ''}${line[at] ?? ''}`);
  }
  return fields;
}
