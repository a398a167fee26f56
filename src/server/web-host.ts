import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { LoadstoneError } from '#contract/errors';
import type { WebHost } from '#contract/web-host';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';
import type { Downloads } from './downloads.ts';
import { addGuard, refuseUpgrade } from './guard.ts';
import { systemCode } from './http-failure.ts';
import { httpServer } from './http-server.ts';
import { addInboxRoutes } from './inbox/inbox-routes.ts';
import { Inboxes } from './inbox/inboxes.ts';
import { isBelow, sweepInboxes } from './inbox/sweep.ts';
import { neededPaths } from './needed-paths.ts';
import { RpcSockets } from './rpc-sockets.ts';
import { newSession } from './session.ts';
import { addStaticFiles } from './static-files.ts';

/** The only address: what is not on this machine never reaches the host. */
const LOOPBACK = '127.0.0.1';
const DAY_MS = 24 * 60 * 60_000;

interface WebHostOptions {
  readonly application: Application;
  readonly downloads: Downloads;
  /** Where uploads go; exists. */
  readonly inbox: string;
  readonly log: Log;
  /** 0: any that is free. */
  readonly port: number;
  /** The window's build. */
  readonly renderer: string;
}

/** Puts the application behind a page. @throws LoadstoneError CONFIG_INVALID when the port is taken */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { application, downloads, inbox, log } = options;
  const session = newSession();
  const sockets = new RpcSockets({ router: application.router, log });
  const inboxes = new Inboxes(inbox);
  const server = await httpServer(log);
  const guard = { session, port: () => (server.server.address() as AddressInfo).port };
  addGuard(server, guard);
  addInboxRoutes(server, inboxes, (place) => isNeeded(application, place));
  downloads.addRoutes(server);
  await addStaticFiles(server, options.renderer);
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refused = request.url === '/rpc' ? refuseUpgrade(server, request, guard) : 404;
    if (refused === null) sockets.accept(request, socket, head);
    else refuse(socket, refused);
  });
  await listen(server, options.port);
  const stopSweeping = sweepDaily(options);
  log.info({ port: guard.port() }, 'the web host is up');
  return {
    url: `http://${LOOPBACK}:${guard.port()}/?token=${session.token}`,
    close: async () => {
      stopSweeping();
      const closed = server.close();
      await Promise.all([sockets.close(), inboxes.close()]);
      await closed;
      await application.close();
      await downloads.close();
      log.info('the web host has stopped');
    },
  };
}

async function isNeeded({ router }: Application, place: string): Promise<boolean> {
  return (await neededPaths(router)).some((path) => isBelow(path, place));
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function listen(server: FastifyInstance, port: number): Promise<void> {
  try {
    await server.listen({ host: LOOPBACK, port });
  } catch (cause) {
    if (systemCode(cause) !== 'EADDRINUSE' && systemCode(cause) !== 'EACCES') throw cause;
    throw new LoadstoneError({
      code: 'CONFIG_INVALID',
      message: `Port ${port} ${systemCode(cause) === 'EACCES' ? 'may not be used by this account' : 'is in use'}.`,
      remedy: 'Give another one with --port, or leave it out: then any free one is taken.',
      cause,
    });
  }
}

/** At the start and once a day. @returns how to stop it */
function sweepDaily({ application, inbox, log }: WebHostOptions): () => void {
  const sweep = () =>
    void sweepInboxes({ folder: inbox, neededPaths: () => neededPaths(application.router), log }).catch((error) =>
      log.warn({ err: error }, 'old uploads could not be removed'),
    );
  sweep();
  const timer = setInterval(sweep, DAY_MS).unref();
  return () => clearInterval(timer);
}
