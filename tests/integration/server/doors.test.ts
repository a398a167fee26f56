import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebHost, type WebHostProcess } from '#tests/helpers/web-host';

const RENDERER = join(import.meta.dirname, '../../../out/renderer');
const ASSET = `/assets/${readdirSync(join(RENDERER, 'assets')).find((name) => name.endsWith('.js'))}`;

let host: WebHostProcess;
beforeAll(async () => {
  host = await startWebHost();
});
afterAll(() => host.dispose());

/** @returns `open`, or the status that refuses the WebSocket */
async function upgrade(headers: OutgoingHttpHeaders, path = '/rpc'): Promise<string | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => {
      socket.terminate();
      resolve(statusCode);
    });
    socket.on('error', reject);
  });
}

describe('the token', () => {
  it('is exchanged for a cookie that scripts cannot read, and leaves the address', async () => {
    const { status, headers } = await host.askBare(host.url.slice(host.origin.length));
    expect([status, headers.location, headers['set-cookie']]).toEqual([
      303,
      '/',
      [expect.stringMatching(new RegExp(`^loadstone_${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))],
    ]);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).not.toContain(new URL(host.url).searchParams.get('token'));
  });

  it('is good for more windows', async () => {
    const path = host.url.slice(host.origin.length);
    const statuses = [await host.askBare(path), await host.askBare(path)].map(({ status }) => status);
    expect(statuses).toEqual([303, 303]);
  });

  it.each(['', 'wrong', 'x'.repeat(43), '%00'])('%j opens nothing', async (token) => {
    const { status, headers } = await host.askBare(`/?token=${token}`);
    expect([status, headers['set-cookie']]).toEqual([401, undefined]);
  });

  it('is taken at the front page only', async () => {
    const token = new URL(host.url).searchParams.get('token');
    const paths = [`${ASSET}?token=${token}`, `/nothing?token=${token}`, `/inbox?token=${token}`];
    const statuses = await Promise.all(paths.map(async (path) => (await host.askBare(path)).status));
    expect(statuses).toEqual([401, 401, 401]);
  });

  it('stands neither in the log nor in the page', async () => {
    const token = new URL(host.url).searchParams.get('token') ?? '';
    const page = await host.ask('/');
    expect(page.text + readFileSync(join(host.home, 'logs/loadstone.log'), 'utf8')).not.toContain(token);
  });
});

describe('without the cookie', () => {
  it('nothing is served but a page that says in both languages where to get the address', async () => {
    const { status, text, headers } = await host.askBare('/');
    expect([status, headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    expect(text).toMatch(/lang="vi".*loadstone serve.*lang="en".*loadstone serve/s);
    for (const path of [ASSET, '/nothing', '/download/x', '/rpc'])
      expect([path, (await host.askBare(path)).status]).toEqual([path, 401]);
  });

  it('an upload is refused with facts', async () => {
    const { status, text } = await host.askBare('/inbox', { method: 'POST' });
    expect([status, JSON.parse(text)]).toMatchObject([401, { code: 'UPLOAD_FAILED' }]);
  });

  it('another cookie helps as little', async () => {
    const cookies = [
      `loadstone_${host.port}=wrong`,
      `loadstone_${host.port + 1}=${(await host.cookie()).split('=')[1]}`,
    ];
    const statuses = await Promise.all(
      cookies.map(async (cookie) => (await host.askBare('/', { headers: { cookie } })).status),
    );
    expect(statuses).toEqual([401, 401]);
  });
});

describe('whoever asks under another name', () => {
  it.each(['evil.test', 'evil.test:80', '127.0.0.1', '[::1]', '127.0.0.1.nip.io'])('%s is sent away', async (name) => {
    expect((await host.ask('/', { headers: { host: name } })).status).toBe(421);
    expect(await upgrade({ cookie: await host.cookie(), host: name, origin: `http://${name}` })).toBe(421);
  });

  it('is sent away with the token too', async () => {
    const path = host.url.slice(host.origin.length);
    const { status, headers } = await host.askBare(path, { headers: { host: 'evil.test' } });
    expect([status, headers['set-cookie']]).toEqual([421, undefined]);
  });

  it('is served as localhost', async () => {
    const name = `localhost:${host.port}`;
    const { status, headers } = await host.ask('/', { headers: { host: name } });
    expect([status, headers['content-security-policy']]).toEqual([200, expect.stringContaining(`ws://${name};`)]);
  });
});

describe('a page of another site', () => {
  const foreign = ['http://evil.test', 'null', 'https://127.0.0.1:1', 'http://localhost:1'];

  it.each(foreign)('%s may change nothing', async (origin) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect([method, (await host.ask('/inbox', { method, headers: { origin } })).status]).toEqual([method, 403]);
  });

  it.each(foreign)('%s gets no WebSocket', async (origin) => {
    expect(await upgrade({ cookie: await host.cookie(), origin })).toBe(403);
  });

  it('on another port of this machine gets no file', async () => {
    for (const site of ['same-site', 'cross-site']) {
      const { status } = await host.ask(ASSET, { headers: { 'sec-fetch-site': site } });
      expect([site, status]).toEqual([site, 403]);
    }
  });

  it('may link to the front page, which then asks for the cookie as ever', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect([(await host.ask('/', { headers })).status, (await host.askBare('/', { headers })).status]).toEqual([
      200, 401,
    ]);
    const framed = { ...headers, 'sec-fetch-dest': 'iframe' };
    expect((await host.ask('/', { headers: framed })).status).toBe(403);
  });

  it('is never told that it may read an answer', async () => {
    const { headers } = await host.ask('/', { method: 'OPTIONS', headers: { origin: 'http://evil.test' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the WebSocket', () => {
  it('opens for our page with its cookie', async () => {
    expect(await upgrade({ cookie: await host.cookie(), origin: host.origin })).toBe('open');
  });

  it('opens for nobody who does not say where from, or has no cookie', async () => {
    const cookie = await host.cookie();
    const refused = [
      await upgrade({ cookie }),
      await upgrade({ origin: host.origin }),
      await upgrade({ cookie: 'loadstone=1', origin: host.origin }),
      await upgrade({ cookie, origin: host.origin, 'sec-fetch-site': 'same-site' }),
      await upgrade({ cookie, origin: `http://localhost:${host.port}` }),
    ];
    expect(refused).toEqual([403, 401, 401, 403, 403]);
  });

  it('is at one address only', async () => {
    const headers = { cookie: await host.cookie(), origin: host.origin };
    const paths = ['/', '/rpc/', '/rpc?x', '//rpc', ASSET];
    expect(await Promise.all(paths.map((path) => upgrade(headers, path)))).toEqual(paths.map(() => 404));
  });

  it('takes no other protocol', async () => {
    const socket = connectTcp(host.port, '127.0.0.1');
    const lines = [
      'GET /rpc HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      `Origin: ${host.origin}`,
      `Cookie: ${await host.cookie()}`,
      'Connection: Upgrade',
      'Upgrade: h2c',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [data] = await once(socket, 'data');
    socket.destroy();
    expect(String(data)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('the files of the window', () => {
  it('come with headers that confine them; the front page with a nonce of its own', async () => {
    const first = await host.ask('/');
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))?.[1];
    expect(first.status).toBe(200);
    expect(first.text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(first.headers).toMatchObject({
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "font-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${host.port}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect((await host.ask('/')).text).not.toContain(nonce);
  });

  it('are kept for ever where their names tell their content', async () => {
    const { status, headers, text } = await host.ask(ASSET);
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(text).toBe(readFileSync(join(RENDERER, ASSET), 'utf8'));
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    '/nothing',
    '/index.html',
    '/assets',
    '/assets/',
    '/../../etc/passwd',
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fpackage.json',
    '/assets/../../main/cli.js',
    '/assets/..%2f..%2fmain%2fcli.js',
    '/assets/..%5c..%5cpackage.json',
    '//etc/passwd',
    '/etc/passwd',
    '/.env',
    '/%00',
    '/%',
    '/%c0%ae%c0%ae/package.json',
  ])('%s is none of them', async (path) => {
    const { status, text } = await host.ask(path);
    expect([status, text]).toEqual([404, expect.not.stringMatching(/root:|"name": ?"loadstone"|import/)]);
  });

  it('are read, and nothing else is done with them', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'])
      expect([method, (await host.ask('/', { method })).status]).toEqual([method, 404]);
  });
});
