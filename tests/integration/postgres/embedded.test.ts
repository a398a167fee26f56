import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient } from '#engine/postgres/client';
import { embeddedStatus, ensureEmbedded, stopEmbedded } from '#engine/postgres/embedded/embedded';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { ensureInProcess, startEnsureProcess } from '#tests/helpers/embedded-process';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder.path, 'home');
});

afterEach(async () => {
  await removeEmbedded(home);
  folder.remove();
});

async function query(target: ConnectionTarget, sql: string): Promise<unknown[]> {
  const client = await openClient(target, { applicationName: 'embedded test' });
  try {
    return (await client.query(sql)).rows;
  } finally {
    await closeClient(client);
  }
}

async function pidOf(ofHome: string): Promise<number> {
  const { pid } = await embeddedStatus({ home: ofHome });
  if (pid === undefined) throw new Error('it does not run');
  return pid;
}

async function killPostmaster(): Promise<number> {
  const pid = await pidOf(home);
  process.kill(pid, 'SIGKILL');
  while ((await embeddedStatus({ home })).state === 'running') await sleep(10);
  return pid;
}

describe('the embedded server', () => {
  it('is created at the first call, adopted by the next, and keeps its data over a stop', async () => {
    expect(await embeddedStatus({ home })).toEqual({ state: 'missing' });
    expect(await stopEmbedded({ home })).toBe(false);

    const target = await ensureEmbedded({ home });
    const { state, pid } = await embeddedStatus({ home });
    expect(state).toBe('running');
    await query(target, 'create table kept as select 42 as answer');
    expect(await ensureEmbedded({ home })).toEqual(target);
    expect(await pidOf(home)).toBe(pid);

    expect(await stopEmbedded({ home })).toBe(true);
    expect(await embeddedStatus({ home })).toMatchObject({ state: 'stopped' });
    const again = await ensureEmbedded({ home });
    expect(again.password).toBe(target.password);
    expect(await query(again, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is PostgreSQL 18 in UTF-8 with the C.UTF-8 locale, scram, fsync, and no listener but its socket', async () => {
    const target = await ensureEmbedded({ home });
    const settings = await query(
      target,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
              current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses,
              (select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) as locale,
              (select left(rolpassword, 13) from pg_authid where rolname = current_user) as password,
              upper('đẵng Đỗ') as upper`,
    );
    expect(settings).toEqual([
      {
        major: 18,
        encoding: 'UTF8',
        fsync: 'on',
        addresses: '',
        locale: 'b C.UTF-8',
        password: 'SCRAM-SHA-256',
        upper: 'ĐẴNG ĐỖ',
      },
    ]);
    expect(statSync(join(home, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(target.host).mode & 0o777).toBe(0o700);
  });

  it('lets nobody in with a wrong password', async () => {
    const target = await ensureEmbedded({ home });
    await expect(query({ ...target, password: 'guessed' }, 'select 1')).rejects.toMatchObject({ code: 'AUTH_FAILED' });
  });

  it('is one server for eight processes that come at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => ensureInProcess(home)));
    expect(new Set(results.map(({ status }) => status.pid)).size).toBe(1);
    expect(new Set(results.map(({ target }) => JSON.stringify(target))).size).toBe(1);
    expect(results[0]?.status.state).toBe('running');
  });

  it('survives the end of the process that started it, in a session of its own', async () => {
    const { target, status } = await ensureInProcess(home);
    expect(await query(target, 'select 1 as one')).toEqual([{ one: 1 }]);
    if (process.platform !== 'linux') return;
    const stat = readFileSync(`/proc/${status.pid}/stat`, 'latin1');
    const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
    expect(Number(session)).toBe(status.pid);
  });

  it('recovers after kill -9 with everything that was committed, though a busy backend lingers', async () => {
    const target = await ensureEmbedded({ home });
    await query(target, 'create table kept as select generate_series(1, 1000) as n');
    const busy = await openClient(target, { applicationName: 'busy' });
    const endless = busy.query('select count(*) from generate_series(1, 1000000000000)').catch(() => 'lost');
    await sleep(200);
    const killed = await killPostmaster();

    const recovered = await ensureEmbedded({ home });
    expect(await pidOf(home)).not.toBe(killed);
    expect(await query(recovered, 'select count(*)::int as rows from kept')).toEqual([{ rows: 1000 }]);
    expect(await endless).toBe('lost');
    await closeClient(busy);
  });

  it('comes back when killed again and again, while other processes ask for it', async () => {
    const target = await ensureEmbedded({ home });
    await query(target, 'create table kept (n int)');
    for (let round = 1; round <= 3; round += 1) {
      await killPostmaster();
      const results = await Promise.all([ensureInProcess(home), ensureInProcess(home), ensureEmbedded({ home })]);
      await query(results[2], `insert into kept values (${round})`);
    }
    const now = await ensureEmbedded({ home });
    expect(await query(now, 'select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('is not kept from starting by a lock file or pid file that was left behind', async () => {
    await ensureEmbedded({ home });
    await stopEmbedded({ home });
    const cluster = join(home, 'postgres');
    writeFileSync(join(cluster, 'lock'), '4711 a lock file of another kind\n'.repeat(20));
    // Our own number: a process that lives, and is no server.
    const data = join(cluster, 'data');
    const socketFolder = join(cluster, 'run');
    writeFileSync(
      join(data, 'postmaster.pid'),
      `${process.pid}\n${data}\n1700000000\n5432\n${socketFolder}\n\n  123 456\nready   \n`,
    );
    writeFileSync(join(socketFolder, '.s.PGSQL.5432'), '');
    writeFileSync(
      join(socketFolder, '.s.PGSQL.5432.lock'),
      `${process.pid}\n${data}\n1700000000\n5432\n${socketFolder}\n`,
    );

    expect(await embeddedStatus({ home })).toMatchObject({ state: 'stopped' });
    expect(await query(await ensureEmbedded({ home }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is created in the end, whenever the process creating it was killed', async () => {
    for (const delayMs of [150, 300, 450, 600, 900, 1200]) {
      const { child, result } = startEnsureProcess(home);
      const ended = result.catch(() => undefined);
      await sleep(delayMs);
      child.kill('SIGKILL');
      await ended;
    }
    expect(await query(await ensureEmbedded({ home }), 'select current_database() as name')).toEqual([
      { name: 'loadstone' },
    ]);
    expect(readdirSync(join(home, 'postgres')).filter((name) => name.startsWith('unfinished'))).toEqual([]);
  });

  it('is restarted when its socket was removed', async () => {
    const target = await ensureEmbedded({ home });
    const before = await pidOf(home);
    rmSync(join(target.host, '.s.PGSQL.5432'));
    const again = await ensureEmbedded({ home });
    expect(await pidOf(home)).not.toBe(before);
    expect(await query(again, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('counts as running when all its connections are taken', async () => {
    const target = await ensureEmbedded({ home });
    const pid = await pidOf(home);
    const opened = await Promise.allSettled(
      Array.from({ length: 101 }, () => openClient(target, { applicationName: 'crowd' })),
    );
    expect(opened.some(({ status }) => status === 'rejected')).toBe(true);
    expect(await ensureEmbedded({ home })).toEqual(target);
    await Promise.all(opened.map((result) => result.status === 'fulfilled' && closeClient(result.value)));
    expect(await pidOf(home)).toBe(pid);
  });

  it('puts its socket elsewhere where the path of the home is too long for one', async () => {
    home = join(folder.path, 'a-long-name-'.repeat(8), 'home');
    const target = await ensureEmbedded({ home });
    expect(Buffer.byteLength(target.host)).toBeLessThan(90);
    expect(await query(target, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stopEmbedded({ home });
    expect(existsSync(target.host)).toBe(false);
  });

  it('works in a home whose name holds blanks, quotes, commas and letters of other alphabets', async () => {
    home = join(folder.path, `Đất, "đai" 'số' 100%`);
    expect(await query(await ensureEmbedded({ home }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a data folder of another PostgreSQL, and one that is none, naming the remedy', async () => {
    const data = join(home, 'postgres', 'data');
    await mkdir(data, { recursive: true });
    await expect(ensureEmbedded({ home })).rejects.toMatchObject({
      code: 'EMBEDDED_FAILED',
      message: `${data} is not a PostgreSQL data folder; this Loadstone brings PostgreSQL 18.`,
    });
    await writeFile(join(data, 'PG_VERSION'), '17\n');
    await expect(ensureEmbedded({ home })).rejects.toMatchObject({
      code: 'EMBEDDED_FAILED',
      message: `${data} was made by PostgreSQL 17; this Loadstone brings PostgreSQL 18.`,
    });
  });

  it('quotes the end of its log when it cannot start', async () => {
    await ensureEmbedded({ home });
    await stopEmbedded({ home });
    rmSync(join(home, 'postgres', 'data', 'global', 'pg_control'));
    await expect(ensureEmbedded({ home })).rejects.toMatchObject({
      code: 'EMBEDDED_FAILED',
      message: expect.stringContaining('pg_control'),
    });
  });

  it('says which file is missing when its password is lost', async () => {
    await ensureEmbedded({ home });
    const file = join(home, 'postgres', 'password');
    const password = readFileSync(file);
    rmSync(file);
    await expect(ensureEmbedded({ home })).rejects.toMatchObject({
      code: 'EMBEDDED_FAILED',
      message: expect.stringContaining(file),
    });
    writeFileSync(file, password);
  });

  it('stops waiting when aborted', async () => {
    const reason = new Error('no longer wanted');
    await expect(ensureEmbedded({ home, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
