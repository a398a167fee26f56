import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import type { UndoResult } from '#contract/undo';
import { closeClient, openClient } from '#engine/postgres/client';
import type { Host } from '#host/host-types';
import { createDatabase, type TestDatabase } from '#tests/helpers/database';
import { makeDossier } from '#tests/helpers/land-dossiers';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { contentOf } from './content.ts';
import { PrivateServer } from './private-server.ts';
import { expectGone, workersOf } from './processes.ts';
import { kills, Random } from './random.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';

type Content = Awaited<ReturnType<typeof contentOf>>;

/** Two of each kind. */
const KILLS = 6;
const KINDS = ['worker', 'host', 'server'] as const;
/** Of each load; half of them are in both, with other years. */
const DOSSIERS = 600;

let folder: ReturnType<typeof temporaryFolder>;
let server: PrivateServer;
/** Two loads into it, and nothing undone. */
let loaded: TestDatabase;
let loadedHome: string;
let before: Content;
let after: Content;
let undone: UndoResult;
let usualMs: number;
let hits = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  server = new PrivateServer();
  loaded = await createDatabase(await server.asTestServer());
  loadedHome = join(folder.path, 'loaded');
  const host = await openRealHost(loadedHome, loaded.target);
  try {
    for (const [from, year] of [
      [1, '1950'],
      [DOSSIERS / 2, '1960'],
    ] as const) {
      const data = join(folder.path, year);
      const file = (number: number) =>
        makeDossier({ commune: '91001', number }).replaceAll(/<namSinh>[^<]*/g, `<namSinh>${year}`);
      const numbers = Array.from({ length: DOSSIERS }, (_, index) => from + index);
      writeFiles(data, Object.fromEntries(numbers.map((number) => [`a/xml/${number}.xml`, file(number)])));
      const spec = loadSpec(data, refOf(loaded.target), { onConflict: 'overwrite' });
      expect((await host.startLoad(spec).done).state).toMatch(/^succeeded/);
      if (year === '1950') after = await contentOf(loaded);
    }
  } finally {
    await host.close();
  }
  before = await contentOf(loaded);
  await undisturbed();
}, 120_000);

afterAll(async () => {
  await server.dispose();
  folder.remove();
});

/** Another database and home in which the same two loads are done. */
async function copyOf(name: string): Promise<{ readonly database: TestDatabase; readonly home: string }> {
  const database = await createDatabase(await server.asTestServer(), loaded.target.database);
  const home = join(folder.path, name);
  cpSync(loadedHome, home, { recursive: true });
  return { database, home };
}

const openOn = (home: string, target: ConnectionTarget) =>
  openRealHost(home, target, { resolveTarget: async () => target });

async function undisturbed(): Promise<void> {
  const { database, home } = await copyOf('undisturbed');
  const host = await openOn(home, database.target);
  try {
    const undoing = host.undo(2);
    await untilItUndoes(database, () => false);
    const since = performance.now();
    undone = await undoing;
    usualMs = performance.now() - since;
    expect(await contentOf(database)).toEqual(after);
  } finally {
    await host.close();
    await database.drop();
  }
}

/** Resolves when the transaction of an undo has begun, or the undo has ended. */
async function untilItUndoes(database: TestDatabase, ended: () => boolean): Promise<void> {
  const client = await openClient(database.target, { applicationName: 'crash test' });
  const undoing = `select from pg_stat_activity where datname = current_database() and application_name = 'loadstone worker' and xact_start is not null`;
  while (!ended() && (await client.query(undoing)).rowCount === 0) await sleep(2);
  await closeClient(client);
}

interface Undoing {
  readonly ended: () => boolean;
  readonly kill: () => Promise<void>;
  /** After what was killed is there again. */
  readonly settled: () => Promise<void>;
}

function inHostProcess(home: string, { target }: TestDatabase): Undoing {
  const settings = JSON.stringify({ home, target, job: 2 });
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'undo-process.ts'), settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let isOver = false;
  const end = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isOver = true;
      resolve();
    }),
  );
  return {
    ended: () => isOver,
    kill: async () => {
      const workers = workersOf(child.pid ?? 0);
      child.kill('SIGKILL');
      await end;
      await expectGone(workers);
    },
    settled: () => end,
  };
}

function inThisProcess(host: Host, kind: 'worker' | 'server'): Undoing {
  let isOver = false;
  const end = host
    .undo(2)
    .then(() => undefined)
    .catch((error) => expect(error).toMatchObject({ code: expect.any(String) }))
    .finally(() => {
      isOver = true;
    });
  const killWorker = async () => {
    for (const worker of workersOf(process.pid)) process.kill(worker, 'SIGKILL');
  };
  return {
    ended: () => isOver,
    kill: kind === 'worker' ? killWorker : () => server.kill(),
    settled: async () => {
      await server.start();
      await end;
    },
  };
}

test.each(kills(KILLS))(
  'an undo that is killed has done all or nothing, and can be done afterwards: $name',
  async (kill) => {
    const random = new Random(kill.seed);
    const kind = KINDS[kill.index % KINDS.length] ?? 'worker';
    const { database, home } = await copyOf(`home-${kill.index}`);
    try {
      const host = kind === 'host' ? null : await openOn(home, database.target);
      const undoing = host === null || kind === 'host' ? inHostProcess(home, database) : inThisProcess(host, kind);
      // Not up to its very end: one that is faster than the first must still be met at work.
      const delay = random.between(0, usualMs * 0.7);
      await untilItUndoes(database, undoing.ended);
      await sleep(delay);
      if (!undoing.ended()) hits += 1;
      await undoing.kill();
      await undoing.settled();
      await host?.close();
      await expectWhole(database, `${kind} killed after ${Math.round(delay)} ms`);
      await expectUndone(home, database);
    } finally {
      await database.drop();
    }
  },
);

/** Whether it was undone is said by the target itself, and its tables say the same. */
async function expectWhole(database: TestDatabase, told: string): Promise<void> {
  const [load] = await database.query<{ state: string }>('select state from loadstone.loads order by xid desc limit 1');
  const content = await contentOf(database);
  expect(content, told).toEqual(load?.state === 'undone' ? after : before);
}

async function expectUndone(home: string, database: TestDatabase): Promise<void> {
  const host = await openOn(home, database.target);
  try {
    if (host.showJob(2).job.state !== 'undone') expect(await host.undo(2)).toEqual(undone);
    expect(host.showJob(2).job.state).toBe('undone');
    expect(await contentOf(database)).toEqual(after);
    await database.expectNoConnections();
    await expectGone(workersOf(process.pid));
  } finally {
    await host.close();
  }
}

test('most of these kills met an undo at work', () => {
  expect(hits).toBeGreaterThanOrEqual(kills(KILLS).length / 2);
});
