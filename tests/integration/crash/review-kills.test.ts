import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { LoadSpec } from '#contract/load';
import type { Host } from '#host/host-types';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { stagingOf } from './content.ts';
import { PrivateServer } from './private-server.ts';
import { expectGone, workersOf } from './processes.ts';
import { Random, runSeed } from './random.ts';
import { openRealHost } from './real-host.ts';
import {
  afterCheck,
  type Boundary,
  beforeCheck,
  beforeLogged,
  contentOf,
  createTarget,
  inMerge,
  reviewSpec,
  writeItems,
} from './review-load.ts';

type Step = 'start' | 'resume' | 'merge';

/** Who is killed, and what runs the load. */
interface Victim {
  readonly database: TestDatabase;
  /** Begins something with the job and does not wait for it. */
  begin(step: Step, spec?: LoadSpec): Promise<void>;
  kill(): Promise<void>;
  /** The job's state, when nobody works on it any more. */
  rest(): Promise<string>;
  /** Everything goes that holds nothing but memory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

let victim: Victim | undefined;
let folder: ReturnType<typeof temporaryFolder>;

afterEach(async () => {
  await victim?.close();
  victim = undefined;
  folder.remove();
});

/** The host is this process: its workers, or the server, are killed. */
async function insideOut(home: string, server: PrivateServer | null): Promise<Victim> {
  const database = await createDatabase(server === null ? embeddedServer() : await server.asTestServer());
  let host: Host = await openRealHost(home, database.target);
  let done: Promise<unknown> = Promise.resolve();
  return {
    database,
    begin: async (step, spec) => {
      done = (spec !== undefined ? host.startLoad(spec) : step === 'merge' ? host.merge(1) : host.resume(1)).done;
    },
    kill: async () => {
      if (server !== null) {
        await server.kill();
        await server.start();
        return;
      }
      const [lead] = workersOf(process.pid);
      if (lead !== undefined) process.kill(lead, 'SIGKILL');
    },
    rest: async () => {
      await done;
      return host.showJob(1).job.state;
    },
    restart: async () => {
      await host.close();
      host = await openRealHost(home, database.target);
    },
    close: async () => {
      await host.close();
      await expectGone(workersOf(process.pid));
      await database.drop();
      await server?.dispose();
    },
  };
}

/** The host is a process of its own, which is killed. */
async function outside(home: string): Promise<Victim> {
  const database = await createDatabase(embeddedServer());
  let child: ChildProcess | undefined;
  let end: Promise<unknown> = Promise.resolve();
  return {
    database,
    begin: async (step, spec) => {
      const settings = JSON.stringify({ home, target: database.target, step, spec });
      const started = spawn(process.execPath, [join(import.meta.dirname, 'job-process.ts'), settings], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      end = new Promise((resolve) => started.once('exit', resolve));
      await Promise.race([end, new Promise((resolve) => started.stdout.once('data', resolve))]);
      started.stdout.resume();
    },
    kill: async () => {
      const workers = workersOf(child?.pid ?? 0);
      child?.kill('SIGKILL');
      await end;
      await expectGone(workers);
    },
    rest: async () => {
      await end;
      const host = await openRealHost(home, database.target);
      const { state } = host.showJob(1).job;
      await host.close();
      return state;
    },
    restart: async () => undefined,
    close: async () => {
      child?.kill('SIGKILL');
      await end;
      await database.drop();
    },
  };
}

const STANDS = ['waiting_for_review', 'succeeded'];

/** Kills at a moment of the load, which is begun again until it comes there. @returns whether it did. */
async function strike({ database, begin, kill, rest }: Victim, spec: LoadSpec, boundary: Boundary): Promise<boolean> {
  const gotAway = new AbortController();
  const reached = boundary(database, spec, gotAway.signal);
  for (;;) {
    const state = await Promise.race([reached.then(() => null), rest()]);
    if (state === null) break;
    if (STANDS.includes(state)) {
      gotAway.abort();
      await reached;
      return false;
    }
    await begin('resume');
  }
  await kill();
  await (await reached)();
  return true;
}

async function settle({ begin, rest }: Victim): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const state = await rest();
    if (STANDS.includes(state) || tries === 3) return state;
    await begin('resume');
  }
}

async function survives(open: (home: string) => Promise<Victim>): Promise<void> {
  folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const random = new Random(runSeed);
  victim = await open(join(folder.path, 'home'));
  const { database } = victim;
  await createTarget(database);
  writeItems(data);
  const spec = reviewSpec(data, database);
  await victim.begin('start', spec);
  const struck: boolean[] = [];
  for (const boundary of [beforeCheck, beforeLogged, afterCheck]) struck.push(await strike(victim, spec, boundary));
  expect({ struck: struck.slice(0, 2), state: await settle(victim), content: await contentOf(database) }).toEqual({
    struck: [true, true],
    state: 'waiting_for_review',
    content: 'nothing',
  });

  rmSync(data, { recursive: true });
  await victim.kill();
  await victim.restart();
  await database.query('insert into slow values (1)');
  await victim.begin('merge');
  expect(await strike(victim, spec, inMerge)).toBe(true);
  expect(await contentOf(database)).toBe('nothing');
  if (!['queued', 'running'].includes(await soon(victim.rest()))) await victim.begin('resume');
  await sleep(random.between(0, 400));
  await victim.kill();
  expect(['nothing', 'all']).toContain(await contentOf(database));
  expect({
    state: await settle(victim),
    content: await contentOf(database),
    staging: await stagingOf(database, spec.loadId),
    loads: await database.query('select state from loadstone.loads'),
  }).toEqual({ state: 'succeeded', content: 'all', staging: false, loads: [{ state: 'merged' }] });
}

/** What is known at once; a job that is at work says nothing. */
function soon(rest: Promise<string>): Promise<string> {
  return Promise.race([rest, sleep(50).then(() => 'running')]);
}

test('a load that waits for review survives that its workers are killed at every boundary', () =>
  survives((home) => insideOut(home, null)));

test('a load that waits for review survives that its hosts are killed at every boundary', () => survives(outside));

test('a load that waits for review survives that its server is killed at every boundary, without its files', () =>
  survives((home) => insideOut(home, new PrivateServer())));
