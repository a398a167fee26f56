import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '#contract/api/contract';

export interface HostClient {
  readonly ask: ContractRouterClient<Contract>;
  close(): void;
}

/** Asks a web host what a page of it would ask, by its printed address. */
export async function openHostClient(url: string): Promise<HostClient> {
  const { origin, host } = new URL(url);
  const exchange = await fetch(url, { redirect: 'manual' });
  const cookie = exchange.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie }, origin });
  // The link sets the type that pages have; ws tells it by this name too.
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { ask: createORPCClient(link), close: () => socket.close() };
}
