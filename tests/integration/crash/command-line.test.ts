import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { CommandLine, urlOf } from '#tests/integration/cli/command-line';
import { countsOf, expectLoaded } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { expectGone, workersOf } from './processes.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { slowDownMerge, untilMergeSleeps, visibleRows } from './slow-merge.ts';

const PROGRAM = join(import.meta.dirname, '../../../bin/loadstone.cjs');

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let reference: Undisturbed;
let database: TestDatabase;
let cli: CommandLine;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 1000, together: 100 });
  reference = await uninterrupted(embeddedServer(), data);
});

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  cli = new CommandLine({ PGPASSWORD: database.target.password });
});

afterEach(async () => {
  await cli.dispose();
  await database.drop();
});

afterAll(() => folder.remove());

/** A load as a shell starts it: the command line and its workers are a process group of their own. */
function startLoad() {
  const words = ['load', data, '--mapping', 'vn-land-records', '--workers', '2', '--to', urlOf(database.target)];
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    detached: true,
    env: { PATH: process.env.PATH, LOADSTONE_HOME: cli.home, PGPASSWORD: database.target.password },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the command line did not start');
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  const end = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { pid, end, said: () => err };
}

async function loadId(): Promise<string> {
  const [row] = await database.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname like 'loadstone\\_load\\_%'`,
  );
  return row?.name.replace('loadstone_load_', '') ?? '';
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await sleep(5);
}

async function staged(): Promise<number> {
  const schema = `loadstone_load_${await loadId()}`;
  return (await database.query(`select from ${schema}.staged`).catch(() => [])).length;
}

test('Ctrl-C in the terminal, which every process hears, ends with the true summary and 130', async () => {
  const { pid, end, said } = startLoad();
  await until(async () => (await staged()) > 0);
  const workers = workersOf(pid);
  process.kill(-pid, 'SIGINT');
  expect(await end).toBe(130);
  await expectGone(workers);
  // The file that is not well-formed may be among those that were looked at, and then has failed.
  const [, told] = /^Load 1 was cancelled: ([\d,]+) of/m.exec(said()) ?? [];
  const failed = said().includes('1 failed') ? 1 : 0;
  expect(Number(told?.replaceAll(',', '')) + failed, said()).toBe(await staged());
  expect(await database.query('select from loadstone.loads')).toEqual([]);
  const resumed = await cli.json('jobs', 'resume', '1');
  expect(resumed.code).toBe(3);
  expect(countsOf(resumed.document)).toEqual(reference.counts);
});

test('a killed command line is listed as interrupted, and its job is resumed by number', async () => {
  const { pid, end } = startLoad();
  await until(async () => (await staged()) > 0);
  const id = await loadId();
  const workers = workersOf(pid);
  process.kill(pid, 'SIGKILL');
  await end;
  await expectGone(workers);
  expect((await cli.json('jobs')).document.jobs).toMatchObject([{ job: '1', state: 'interrupted' }]);
  const resumed = await cli.json('jobs', 'resume', '1');
  expect(resumed.code).toBe(3);
  expect(countsOf(resumed.document)).toEqual(reference.counts);
  await expectLoaded(database, id, reference);
  await database.expectNoConnections();
});

test('a command line killed in its merge leaves no row behind', async () => {
  const slow = await slowDownMerge(database);
  const { pid, end } = startLoad();
  await untilMergeSleeps(database);
  await slow.release();
  const id = await loadId();
  process.kill(pid, 'SIGKILL');
  await end;
  expect(await visibleRows(database)).toBe(0);
  expect((await cli.json('jobs', 'resume', '1')).code).toBe(3);
  await expectLoaded(database, id, reference);
  await database.expectNoConnections();
});
