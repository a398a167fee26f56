import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPreset } from '#contract/presets';
import { makeDossier } from '#tests/helpers/land-dossiers';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type Answer, startWebHost, type WebHostProcess } from '#tests/helpers/web-host';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
let host: WebHostProcess;
beforeAll(async () => {
  folder = temporaryFolder();
  root = join(folder.path, 'root');
  mkdirSync(root);
  host = await startWebHost({ words: ['--root', root] });
});
afterAll(async () => {
  await host.dispose();
  folder.remove();
});

async function open(): Promise<string> {
  const { status, text } = await host.ask('/inbox', { method: 'POST' });
  expect(status).toBe(201);
  return JSON.parse(text).id;
}

function put(id: string, path: string, body: string | Buffer): Promise<Answer> {
  return host.ask(`/inbox/${id}/files?path=${encodeURIComponent(path)}`, { method: 'PUT', body });
}

async function finish(id: string, files: number, bytes: number) {
  const { status, text } = await host.ask(`/inbox/${id}/finish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files, bytes }),
  });
  return { status, answer: JSON.parse(text) };
}

const inboxFolder = () => join(host.home, 'inbox');
const contentOf = (id: string) => readdirSync(join(inboxFolder(), id), { recursive: true, encoding: 'utf8' }).sort();

describe('a folder that comes up', () => {
  it('lies in an inbox of the owner alone, byte for byte, under the names it came with', async () => {
    const id = await open();
    const names = ['Xã.xml'.normalize('NFC'), 'Xã.xml'.normalize('NFD'), 'a b%2F#?.xml'];
    for (const name of names) expect((await put(id, `1. Xa Mau/xml/${name}`, name)).status).toBe(204);
    expect((await put(id, '1. Xa Mau/empty.xml', '')).status).toBe(204);
    const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
    const path = join(inboxFolder(), id, '1. Xa Mau');
    expect(await finish(id, 4, bytes)).toEqual({ status: 200, answer: { path } });
    expect(readdirSync(join(path, 'xml')).sort()).toEqual([...names].sort());
    for (const name of names) expect(readFileSync(join(path, 'xml', name), 'utf8')).toBe(name);
    expect(statSync(join(path, 'empty.xml')).size).toBe(0);
    const modes = [inboxFolder(), join(inboxFolder(), id), path].map((place) => statSync(place).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o700]);
    expect(
      readdirSync(inboxFolder())
        .filter((name) => name.startsWith(id))
        .sort(),
    ).toEqual([id, `${id}.json`]);
  });

  it('can be loaded from there, though nobody can look around there', async () => {
    const id = await open();
    const dossier = makeDossier({ commune: '91001', number: 1 });
    await put(id, 'dữ liệu/xã/xml/1.xml', dossier);
    const { answer } = await finish(id, 1, Buffer.byteLength(dossier));
    const { client } = await host.connect();
    const mapping = findPreset('vn-land-records');
    if (mapping === undefined) throw new Error('the preset is gone');
    const { files, bytes } = await client.sources.scan({ paths: [answer.path], mapping });
    expect([files, bytes]).toEqual([1, Buffer.byteLength(dossier)]);
    await expect(client.sources.browse({ path: answer.path })).rejects.toMatchObject({
      data: { code: 'PATH_NOT_ALLOWED' },
    });
  });

  it('may have thousands of files, many on their way at once', async () => {
    const id = await open();
    const headers = { cookie: await host.cookie(), origin: host.origin };
    let next = 0;
    let bytes = 0;
    const sender = async () => {
      for (let number = next++; number < 2_000; number = next++) {
        const body = `<a n="${number}"/>`;
        bytes += body.length;
        const path = encodeURIComponent(`many/${number % 20}/${number}.xml`);
        const { status } = await fetch(`${host.origin}/inbox/${id}/files?path=${path}`, {
          method: 'PUT',
          headers,
          body,
        });
        expect(status).toBe(204);
      }
    };
    await Promise.all(Array.from({ length: 32 }, sender));
    const { status, answer } = await finish(id, 2_000, bytes);
    expect(status).toBe(200);
    expect(readFileSync(join(answer.path, '19/1999.xml'), 'utf8')).toBe('<a n="1999"/>');
    expect(contentOf(id).filter((name) => name.endsWith('.xml')).length).toBe(2_000);
  });

  it('is the folder of them all where several things were dropped', async () => {
    const id = await open();
    await put(id, 'a.xml', 'a');
    await put(id, 'b/b.xml', 'b');
    expect((await finish(id, 2, 2)).answer).toEqual({ path: join(inboxFolder(), id) });
  });

  it('counts a file once that is sent twice', async () => {
    const id = await open();
    await put(id, 'x/a.xml', 'first, and longer');
    await put(id, 'x/a.xml', 'second');
    const { status, answer } = await finish(id, 1, 6);
    expect([status, readFileSync(join(answer.path, 'a.xml'), 'utf8')]).toEqual([200, 'second']);
  });

  it('is finished only when it adds up, and then once for all', async () => {
    const id = await open();
    await put(id, 'x/a.xml', 'abc');
    expect(await finish(id, 2, 3)).toMatchObject({ status: 409, answer: { code: 'UPLOAD_FAILED', retryable: true } });
    expect(await finish(id, 1, 4)).toMatchObject({ status: 409 });
    const first = await finish(id, 1, 3);
    expect(first.status).toBe(200);
    expect(await finish(id, 1, 3)).toEqual(first);
    expect((await put(id, 'x/b.xml', 'b')).status).toBe(409);
    expect(contentOf(id)).toEqual(['x', 'x/a.xml']);
  });

  it('is no upload without a file', async () => {
    expect((await finish(await open(), 0, 0)).status).toBe(409);
  });

  it('can be given up', async () => {
    const id = await open();
    await put(id, 'x/a.xml', 'abc');
    expect((await host.ask(`/inbox/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(readdirSync(inboxFolder()).filter((name) => name.startsWith(id))).toEqual([]);
    expect((await put(id, 'x/a.xml', 'abc')).status).toBe(404);
    expect((await host.ask(`/inbox/${id}`, { method: 'DELETE' })).status).toBe(404);
  });
});

describe('what must not come up', () => {
  it.each([
    '../escaped.xml',
    'x/../../escaped.xml',
    '/escaped.xml',
    'C:/escaped.xml',
    'x//escaped.xml',
    './escaped.xml',
    'x/..',
    '',
    'nul\0.xml',
    'p/'.repeat(2_100),
    `${'n'.repeat(256)}.xml`,
  ])('a path like %.20j', async (path) => {
    const id = await open();
    const { status, text } = await put(id, path, 'x');
    expect([status, JSON.parse(text)]).toMatchObject([400, { code: 'UPLOAD_FAILED' }]);
    expect(contentOf(id)).toEqual([]);
    expect(existsSync(join(inboxFolder(), 'escaped.xml'))).toBe(false);
  });

  it('a path that is given twice, or not at all', async () => {
    const id = await open();
    for (const query of ['?path=a.xml&path=../b.xml', '', '?path'])
      expect((await host.ask(`/inbox/${id}/files${query}`, { method: 'PUT', body: 'x' })).status).toBe(400);
    expect(contentOf(id)).toEqual([]);
  });

  it.each(['..', '.', '%2e%2e', '..%2f..', 'no-such-inbox', '00000000-0000-4000-8000-000000000000'])(
    'a file for the inbox %s',
    async (id) => {
      const { status } = await host.ask(`/inbox/${id}/files?path=a.xml`, { method: 'PUT', body: 'x' });
      expect(status).toBe(404);
    },
  );

  it('a file where a folder is, or a folder where a file is', async () => {
    const id = await open();
    await put(id, 'x/a.xml', 'x');
    expect([(await put(id, 'x', 'x')).status, (await put(id, 'x/a.xml/b.xml', 'x')).status]).toEqual([400, 400]);
    expect((await finish(id, 1, 1)).status).toBe(200);
  });

  it('a file whose size is not told', async () => {
    const id = await open();
    const headers = { 'transfer-encoding': 'chunked' };
    const { status } = await host.ask(`/inbox/${id}/files?path=a.xml`, { method: 'PUT', headers, body: 'x' });
    expect([status, contentOf(id)]).toEqual([411, []]);
  });

  it('more than the disk holds: said before anything is sent', async () => {
    const body = JSON.stringify({ files: 1, bytes: 1e15 });
    const headers = { 'content-type': 'application/json' };
    const announced = await host.ask('/inbox', { method: 'POST', headers, body });
    expect([announced.status, JSON.parse(announced.text).code]).toEqual([507, 'DISK_FULL']);
    const id = await open();
    const { answer } = await sendPart(id, 'large.xml', 1e14, '');
    expect(await answer).toMatch(/^HTTP\/1\.1 507 .*"code":"DISK_FULL"/s);
    expect(contentOf(id)).toEqual([]);
  });

  it('nonsense in place of numbers', async () => {
    const headers = { 'content-type': 'application/json' };
    const id = await open();
    for (const body of ['{', '[]', '{"files":-1,"bytes":0}', '{"files":1.5,"bytes":0}', `"${'x'.repeat(2_000)}"`]) {
      const { status, text } = await host.ask(`/inbox/${id}/finish`, { method: 'POST', headers, body });
      expect([body.slice(0, 30), status >= 400 && status < 500, JSON.parse(text).code]).toEqual([
        body.slice(0, 30),
        true,
        'UPLOAD_FAILED',
      ]);
    }
  });
});

interface Sending {
  /** What comes back until the line closes. */
  readonly answer: Promise<string>;
  cut(): void;
}

/** Sends the head and a part of the body, and waits. */
async function sendPart(id: string, path: string, length: number, part: string): Promise<Sending> {
  const socket = connectTcp(host.port, '127.0.0.1');
  const head = [
    `PUT /inbox/${id}/files?path=${path} HTTP/1.1`,
    `Host: 127.0.0.1:${host.port}`,
    `Cookie: ${await host.cookie()}`,
    `Content-Length: ${length}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${part}`);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  const closed = new Promise<string>((resolve, reject) => {
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
  return { answer: closed, cut: () => socket.destroy() };
}

/** Waits until the host has this many files of the inbox on their way. */
async function untilArriving(id: string, files: number): Promise<void> {
  const parts = join(inboxFolder(), `${id}.parts`);
  await expect.poll(() => readdirSync(parts).length, { timeout: 10_000, interval: 10 }).toBe(files);
}

describe('an upload that is cut', () => {
  it('leaves no part of the file, and the file can be sent again', async () => {
    const id = await open();
    await put(id, 'x/whole.xml', 'whole');
    const { cut } = await sendPart(id, 'x/cut.xml', 1_000_000, 'only the beginning');
    await untilArriving(id, 1);
    cut();
    await untilArriving(id, 0);
    expect(contentOf(id)).toEqual(['x', 'x/whole.xml']);
    expect((await finish(id, 2, 1_000_005)).status).toBe(409);
    expect((await put(id, 'x/cut.xml', 'again')).status).toBe(204);
    expect((await finish(id, 2, 10)).status).toBe(200);
  });

  it('is not finished while a file is on its way, and goes with it when given up', async () => {
    const id = await open();
    const { answer } = await sendPart(id, 'slow.xml', 1_000_000, 'the beginning');
    await untilArriving(id, 1);
    expect(await finish(id, 0, 0)).toMatchObject({
      status: 409,
      answer: { message: expect.stringMatching(/^1 file/) },
    });
    expect((await host.ask(`/inbox/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(readdirSync(inboxFolder()).filter((name) => name.startsWith(id))).toEqual([]);
    expect(await answer).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('the list of folders', () => {
  it('ends at the roots that were given, also for links and loads', async () => {
    mkdirSync(join(folder.path, 'outside'));
    mkdirSync(join(root, 'inside'));
    symlinkSync(join(folder.path, 'outside'), join(root, 'way-out'));
    const { client } = await host.connect();
    const { entries } = await client.sources.browse({ path: null });
    expect(entries.map(({ path }) => path)).toEqual([root]);
    expect((await client.sources.browse({ path: root })).entries.map(({ name }) => name)).toEqual(['inside']);
    const mapping = findPreset('vn-land-records');
    if (mapping === undefined) throw new Error('the preset is gone');
    for (const path of ['/', '/etc', host.home, join(root, 'way-out'), `${root}/../outside`]) {
      const refusal = { data: { code: 'PATH_NOT_ALLOWED' } };
      await expect(client.sources.browse({ path })).rejects.toMatchObject(refusal);
      await expect(client.sources.scan({ paths: [root, path], mapping })).rejects.toMatchObject(refusal);
      const load = { connection: { kind: 'embedded' }, onError: 'row', batchSize: 100, dryRun: false } as const;
      const order = { ...load, paths: [path], mapping, skipLoaded: true };
      await expect(client.jobs.start(order)).rejects.toMatchObject(refusal);
    }
  });
});
