import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeClient, openClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { expectLoaded } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { Random, runSeed } from './random.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { slowDownMerge } from './slow-merge.ts';
import { watch } from './watch.ts';

const RETRY = 'the server was lost or in the way: trying again';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let reference: Undisturbed;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 400, together: 200 });
  reference = await uninterrupted(embeddedServer(), data);
});

afterAll(() => folder.remove());

/** A host whose workers' retries can be read. */
async function hostWithRetries(
  database: TestDatabase,
  role: { readonly user?: string; readonly password?: string } = {},
) {
  const retries: string[] = [];
  const write = (line: string) => {
    const { msg, cause } = JSON.parse(line);
    if (msg === RETRY) retries.push(String(cause));
  };
  const { user = database.target.user, password = database.target.password } = role;
  const target = { ...database.target, user, ...(password !== undefined && { password }) };
  const log = pino({ level: 'debug' }, { write });
  return { host: await openRealHost(join(folder.path, database.target.database), target, { log }), retries, target };
}

/** A role that may do everything in the database, over at most `connections` at once. */
async function createRole(database: TestDatabase, connections: number, rights: boolean) {
  const user = `${database.target.database}_role`;
  const password = 'secret';
  await database.query(`create role ${user} login password '${password}' connection limit ${connections}`);
  if (rights) {
    await database.query(
      `grant create on database ${database.target.database} to ${user}; grant create on schema public to ${user}`,
    );
  }
  const drop = async () => {
    await database.query(`drop owned by ${user}; drop role ${user}`);
  };
  return { user, password, drop };
}

test('connections that an administrator ends are opened again, and the load is complete', async () => {
  const random = new Random(runSeed);
  await using database = await createDatabase(embeddedServer());
  const { host, retries } = await hostWithRetries(database);
  try {
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    const { progress, ended } = watch(handle);
    // Before that there is one connection, and it is tried three times only.
    while (!ended() && progress()?.phase !== 'stage') await sleep(2);
    for (let ends = 0; ends < 6 && !ended(); ends += 1) {
      await sleep(random.between(0, reference.usualMs / 4));
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'loadstone%' order by random() limit 1`,
      );
    }
    const { state, error } = await handle.done;
    expect(error ?? state, `CRASH_SEED=${runSeed}`).toBe('succeeded_with_rejects');
    expect(retries).not.toEqual([]);
    await expectLoaded(database, spec.loadId, reference);
    await database.expectNoConnections();
  } finally {
    await host.close();
  }
});

test('a server with too few connections is tried again until there are enough', async () => {
  await using database = await createDatabase(embeddedServer());
  const role = await createRole(database, 1, true);
  const { host, retries, target } = await hostWithRetries(database, role);
  try {
    const spec = loadSpec(data, refOf(target));
    const handle = host.startLoad(spec);
    while (retries.length < 2) await sleep(10);
    await database.query(`alter role ${role.user} connection limit 5`);
    const { state, error } = await handle.done;
    expect(error ?? state).toBe('succeeded_with_rejects');
    expect(retries[0]).toMatch(/too many connections/);
    await expectLoaded(database, spec.loadId, reference);
  } finally {
    await host.close();
    await role.drop();
  }
});

test('a server that has no connection at all fails the job with that reason, and it can be resumed', async () => {
  await using database = await createDatabase(embeddedServer());
  const role = await createRole(database, 0, true);
  const { host, retries, target } = await hostWithRetries(database, role);
  try {
    const spec = loadSpec(data, refOf(target));
    const handle = host.startLoad(spec);
    expect(await handle.done).toMatchObject({
      state: 'failed',
      error: {
        code: 'SERVER_UNREACHABLE',
        sqlState: '53300',
        retryable: true,
        remedy: expect.stringContaining('--pool'),
      },
    });
    expect(retries).toHaveLength(2);
    await database.query(`alter role ${role.user} connection limit 5`);
    expect((await host.resume(handle.number).done).state).toBe('succeeded_with_rejects');
    await expectLoaded(database, spec.loadId, reference);
  } finally {
    await host.close();
    await role.drop();
  }
});

test('a merge that is the victim of a deadlock is done again', async () => {
  await using database = await createDatabase(embeddedServer());
  await (await slowDownMerge(database)).release();
  const { host, retries } = await hostWithRetries(database);
  // The merge finds the deadlock first: this session looks for one only much later.
  const other = await openClient(database.target, { applicationName: 'crash test' });
  try {
    await other.query(`set deadlock_timeout = '30s'; begin; lock table thuadat in row exclusive mode`);
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    const waiting = `select from pg_locks where relation = 'thuadat'::regclass and not granted`;
    while ((await database.query(waiting)).length === 0) await sleep(10);
    await other.query('lock table canhan in row exclusive mode');
    await other.query('commit');
    expect((await handle.done).state).toBe('succeeded_with_rejects');
    expect(retries).toEqual([expect.stringContaining('deadlock detected')]);
    await expectLoaded(database, spec.loadId, reference);
  } finally {
    await closeClient(other);
    await host.close();
  }
});

test('a missing right is told at once, is not tried again, and stages nothing', async () => {
  await using database = await createDatabase(embeddedServer());
  const role = await createRole(database, 5, false);
  const { host, retries, target } = await hostWithRetries(database, role);
  try {
    const { state, error } = await host.startLoad(loadSpec(data, refOf(target))).done;
    expect({ state, error }).toMatchObject({
      state: 'failed',
      error: {
        code: 'PERMISSION_DENIED',
        sqlState: '42501',
        retryable: false,
        message: expect.stringContaining('permission denied'),
      },
    });
    expect(retries).toEqual([]);
    expect(await database.query(`select from pg_namespace where nspname like 'loadstone%'`)).toEqual([]);
    await database.expectNoConnections();
  } finally {
    await host.close();
    await role.drop();
  }
});
