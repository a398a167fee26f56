import { connect, type Socket } from 'node:net';
import { TLSSocket, connect as tlsConnect } from 'node:tls';
import type { PgClient } from './client.ts';

/** The request is one packet and the server only closes; a server that does not is given up. */
const CANCEL_TIMEOUT_MS = 5_000;
const CANCEL_REQUEST_CODE = 80_877_102;
const SSL_REQUEST_CODE = 80_877_103;

/** The server process behind a connection, or undefined before it is open. */
export function backendPid(client: PgClient): number | undefined {
  const pid: unknown = Reflect.get(client, 'processID');
  return typeof pid === 'number' ? pid : undefined;
}

/**
 * Asks the server to cancel what the connection is running (it then fails with SQLSTATE 57014). Goes over a connection
 * of its own, encrypted when the first one is. Resolves when the server has taken the request, which it never answers:
 * the statement may also just have finished. Never throws: a server that cannot be reached runs nothing for long.
 */
export async function cancelRunning(client: PgClient): Promise<void> {
  const pid = backendPid(client);
  const secret: unknown = Reflect.get(client, 'secretKey');
  if (pid === undefined || typeof secret !== 'number') return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_REQUEST_CODE, 4);
  request.writeInt32BE(pid, 8);
  request.writeInt32BE(secret, 12);
  const path = client.host.startsWith('/') ? `${client.host}/.s.PGSQL.${client.port}` : undefined;
  const socket = path === undefined ? connect(client.port, client.host) : connect(path);
  socket.setTimeout(CANCEL_TIMEOUT_MS, () => socket.destroy());
  await deliver(socket, request, isEncrypted(client));
}

function deliver(socket: Socket, request: Buffer, encrypted: boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const send = (stream: Socket): void => {
    stream.end(request);
    stream.resume();
  };
  socket.on('error', () => undefined);
  socket.once('close', () => resolve());
  socket.once('connect', () => {
    if (!encrypted) send(socket);
    else upgrade(socket, send);
  });
  return promise;
}

function upgrade(socket: Socket, send: (stream: Socket) => void): void {
  const sslRequest = Buffer.alloc(8);
  sslRequest.writeInt32BE(8, 0);
  sslRequest.writeInt32BE(SSL_REQUEST_CODE, 4);
  socket.write(sslRequest);
  socket.once('data', (answer) => {
    if (answer.toString('latin1') !== 'S') {
      socket.destroy();
      return;
    }
    // The certificate was judged when the connection itself was made; the request gives away a cancel key only.
    const secure = tlsConnect({ socket, rejectUnauthorized: false }, () => send(secure));
    secure.on('error', () => socket.destroy());
  });
}

/** Whether the line to the server is. */
export function isEncrypted(client: PgClient): boolean {
  const connection: unknown = Reflect.get(client, 'connection');
  return (
    typeof connection === 'object' && connection !== null && Reflect.get(connection, 'stream') instanceof TLSSocket
  );
}
