import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';
import { RpcSockets } from '#server/rpc-sockets';
import { SILENT_LOG } from '#tests/helpers/host-folder';

const LARGE = 'x'.repeat(1024 * 1024);
const HUGE = 40 * LARGE.length;
const router = {
  echo: os.handler(({ input }) => input),
  large: os.handler(() => LARGE),
  huge: os.handler(() => 'x'.repeat(HUGE)),
};

let server: Server | undefined;
let sockets: RpcSockets | undefined;
afterEach(async () => {
  await sockets?.close();
  server?.close();
});

interface Changes {
  readonly heartbeatMs?: number;
  readonly log?: Log;
}

/** The sockets over a small router: their rules do not depend on what is asked. */
async function connect(changes: Changes = {}, options: { readonly autoPong?: boolean } = {}): Promise<WebSocket> {
  const handler = new RpcSockets({ router: router as unknown as Application['router'], log: SILENT_LOG, ...changes });
  sockets = handler;
  server = createServer().on('upgrade', (request, socket, head) => handler.accept(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  page.binaryType = 'arraybuffer';
  await once(page, 'open');
  return page;
}

function clientOf(page: WebSocket): RouterClient<typeof router> {
  return createORPCClient(new RPCLink({ websocket: page as unknown as globalThis.WebSocket }));
}

async function closeCode(page: WebSocket): Promise<number> {
  const [code] = await once(page, 'close');
  return code;
}

describe('the WebSockets of pages', () => {
  it('answer many questions at once', async () => {
    const client = clientOf(await connect());
    const asked = Array.from({ length: 100 }, (_, number) => number);
    expect(await Promise.all(asked.map((number) => client.echo(number)))).toEqual(asked);
  });

  it('stay while the page answers the heartbeat', async () => {
    const page = await connect({ heartbeatMs: 30 });
    for (let beat = 0; beat < 5; beat += 1) await once(page, 'ping');
    expect(await clientOf(page).echo('still here')).toBe('still here');
  });

  it('are cut when the page does not answer the heartbeat', async () => {
    const page = await connect({ heartbeatMs: 30 }, { autoPong: false });
    expect(await closeCode(page)).toBe(1006);
  });

  it('are cut when the page asks without reading', async () => {
    const cut = Promise.withResolvers<string>();
    const page = await connect({ log: pino({ level: 'warn' }, { write: (line) => cut.resolve(line) }) });
    page.on('error', () => {});
    const closed = closeCode(page);
    page.pause();
    for (let id = 1; id <= 80; id += 1) page.send(JSON.stringify({ i: String(id), p: { u: '/large', b: {} } }));
    expect(await cut.promise).toContain('does not read');
    page.resume();
    expect(await closed).toBe(1006);
  });

  it('bring a page that reads one answer of any size', async () => {
    expect(await clientOf(await connect()).huge()).toHaveLength(HUGE);
  });

  it('close on a message that is too large', async () => {
    const page = await connect();
    page.on('error', () => {});
    const closed = closeCode(page);
    page.send(Buffer.alloc(16 * 1024 * 1024 + 1));
    expect(await closed).toBe(1009);
  });

  it('close on a message that is no question', async () => {
    const page = await connect();
    const closed = closeCode(page);
    page.send('{"i":');
    expect(await closed).toBe(1007);
  });

  it('say that the host stops', async () => {
    const page = await connect();
    const closed = closeCode(page);
    await sockets?.close();
    expect(await closed).toBe(1001);
  });
});
