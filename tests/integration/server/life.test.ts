import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LoadRequest } from '#contract/api/job-views';
import { findPreset } from '#contract/presets';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { startWebHost, type WebHostOptions, type WebHostProcess, type WindowClient } from '#tests/helpers/web-host';
import { writeDossiers } from '../crash/dossier-folder.ts';
import { workersOf } from '../crash/processes.ts';
import { refOf } from '../crash/real-host.ts';
import { slowDownMerge, untilMergeSleeps } from '../crash/slow-merge.ts';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let database: TestDatabase;
const hosts: WebHostProcess[] = [];

beforeAll(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 20, together: 0 });
});
beforeEach(async () => {
  database = await createDatabase(embeddedServer());
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
  await database.drop();
});
afterAll(() => folder.remove());

async function start(options: WebHostOptions = {}): Promise<WebHostProcess> {
  const env = { PGPASSWORD: database.target.password, ...options.env };
  const host = await startWebHost({ words: ['--root', folder.path], ...options, env });
  hosts.push(host);
  return host;
}

function order(): LoadRequest {
  const mapping = findPreset('vn-land-records');
  if (mapping === undefined) throw new Error('the preset is gone');
  const how = { onError: 'row', batchSize: 1_000, dryRun: false, skipLoaded: true } as const;
  return { ...how, paths: [data], mapping, connection: refOf(database.target) };
}

/** Starts a load that stays in its merge until something ends it. */
async function startSlowLoad(client: WindowClient): Promise<number> {
  await slowDownMerge(database);
  const { number } = await client.jobs.start(order());
  await untilMergeSleeps(database);
  return number;
}

async function resumeToTheEnd(client: WindowClient, number: number): Promise<string> {
  await database.query('delete from slow');
  await client.jobs.resume({ number });
  let state = '';
  for await (const event of await client.jobs.watch({ number })) {
    if (event.type === 'snapshot' || event.type === 'changed') state = event.detail.job.state;
  }
  return state;
}

describe('the start', () => {
  it('prints one address and nothing else', async () => {
    const host = await start();
    const { code, out } = await host.stop();
    expect([code, out]).toEqual([0, `${host.url}\n`]);
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });

  it('prints one JSON document with --json', async () => {
    const host = await start({ words: ['--json'] });
    const { code, out } = await host.stop('SIGINT');
    expect([code, JSON.parse(out)]).toEqual([0, { url: host.url }]);
  });

  it('takes the port it is given, or says that it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ words: ['--port', String(port)] })).rejects.toThrow(/ended with 2: CONFIG_INVALID/);
    other.close();
    await once(other, 'close');
    expect((await start({ words: ['--port', String(port)] })).port).toBe(port);
  });

  it('refuses a root that is no folder', async () => {
    await expect(start({ words: ['--root', join(folder.path, 'gone')] })).rejects.toThrow(
      /ended with 2: PATH_NOT_FOUND/,
    );
  });

  it('serves two hosts of one home side by side, each with its own key', async () => {
    const first = await start();
    const second = await start({ home: first.home });
    const swapped = await second.askBare('/', { headers: { cookie: await first.cookie() } });
    const both = `${await first.cookie()}; ${await second.cookie()}`;
    const served = [first, second].map(async (host) => (await host.askBare('/', { headers: { cookie: both } })).status);
    expect([swapped.status, await Promise.all(served)]).toEqual([401, [200, 200]]);
  });
});

describe('old uploads', () => {
  it('are removed at the start', async () => {
    using home = temporaryFolder('loadstone-web-');
    const inbox = join(home.path, 'inbox');
    const [old, fresh] = [randomUUID(), randomUUID()];
    for (const id of [old, fresh]) mkdirSync(join(inbox, id, 'x'), { recursive: true });
    utimesSync(join(inbox, old), 1, 1);
    const host = await start({ home: home.path });
    await expect.poll(() => readdirSync(inbox)).toEqual([fresh]);
    await host.stop();
  });
});

describe('the end', () => {
  it('tells every page, cancels the load and keeps it resumable', async () => {
    const host = await start();
    const { client, socket } = await host.connect();
    const number = await startSlowLoad(client);
    const closed = once(socket, 'close');
    const { code, err } = await host.stop();
    const [closeCode] = await closed;
    expect([code, closeCode]).toEqual([0, 1001]);
    expect(err).toMatch(/can be resumed/);
    await database.expectNoConnections();

    const again = await start({ home: host.home });
    const window = await again.connect();
    const { job } = await window.client.jobs.show({ number });
    expect([job.state, job.actions]).toEqual(['cancelled', expect.arrayContaining(['resume', 'discard'])]);
    expect(await resumeToTheEnd(window.client, number)).toBe('succeeded_with_rejects');
  });

  it('comes at once with the second signal', async () => {
    const host = await start();
    const { client } = await host.connect();
    await startSlowLoad(client);
    const workers = workersOf(host.child.pid ?? 0);
    // What does not answer holds up the graceful end until its grace is over.
    for (const pid of workers) process.kill(pid, 'SIGSTOP');
    const press = () => host.child.kill('SIGINT');
    press();
    const again = setInterval(press, 250);
    const { code } = await host.ended;
    clearInterval(again);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect(code).toBe(130);
  });

  it('by a kill leaves the load interrupted, and the next host resumes it', async () => {
    const host = await start();
    const { client } = await host.connect();
    const number = await startSlowLoad(client);
    await host.kill();

    const again = await start({ home: host.home });
    const window = await again.connect();
    expect((await window.client.jobs.show({ number })).job.state).toBe('interrupted');
    expect((await window.client.jobs.list({ limit: 10, states: ['interrupted'] })).total).toBe(1);
    expect(await resumeToTheEnd(window.client, number)).toBe('succeeded_with_rejects');
  });
});

describe('a download', () => {
  it('is fetched once, with its name, and gone from the disk then', async () => {
    const host = await start();
    const { client } = await host.connect();
    const { number } = await client.jobs.start(order());
    for await (const _event of await client.jobs.watch({ number }));
    const { rows, download } = await client.rejects.export({ job: number, filter: {} });
    if (download === undefined) throw new Error('nothing to fetch');
    expect((await host.askBare(download)).status).toBe(401);
    expect((await host.ask(download, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    const fetched = await host.ask(download);
    expect(fetched.status).toBe(200);
    expect(fetched.headers['content-disposition']).toMatch(
      /^attachment; filename="rejects-of-job-\d+\.csv"; filename\*=/,
    );
    expect(fetched.text.trim().split('\n').length).toBeGreaterThan(rows);
    expect((await host.ask(download)).status).toBe(404);
    await expect.poll(() => readdirSync(join(host.home, 'exports'))).toEqual([]);
  });
});

describe('an upload', () => {
  it('cannot be taken away from the job that may be resumed from it', async () => {
    const host = await start();
    const { client } = await host.connect();
    const { id } = JSON.parse((await host.ask('/inbox', { method: 'POST' })).text);
    const files = readdirSync(join(data, '91001/xml'));
    let bytes = 0;
    for (const name of files) {
      const body = readFileSync(join(data, '91001/xml', name));
      bytes += body.length;
      const path = encodeURIComponent(`data/91001/xml/${name}`);
      await host.ask(`/inbox/${id}/files?path=${path}`, { method: 'PUT', body });
    }
    const answer = await host.ask(`/inbox/${id}/finish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: files.length, bytes }),
    });
    await slowDownMerge(database);
    const { number } = await client.jobs.start({ ...order(), paths: [JSON.parse(answer.text).path] });
    await untilMergeSleeps(database);
    const remove = () => host.ask(`/inbox/${id}`, { method: 'DELETE' });
    expect((await remove()).status).toBe(409);
    await client.jobs.cancel({ number });
    for await (const _event of await client.jobs.watch({ number }));
    expect((await remove()).status).toBe(409);
    await client.jobs.discard({ number });
    expect((await remove()).status).toBe(204);
  });
});
