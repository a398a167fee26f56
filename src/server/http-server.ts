import cookie from '@fastify/cookie';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { LoadstoneError, toErrorFacts } from '#contract/errors';
import type { Log } from '#host/log';
import { HttpFailure } from './http-failure.ts';

/** A connection on which nothing moves is an upload whose page has gone. */
const IDLE_MS = 120_000;

/** An HTTP server that answers every failure with an ErrorFacts document. */
export async function httpServer(log: Log): Promise<FastifyInstance> {
  const answer = (error: FastifyError | HttpFailure | Error, request: FastifyRequest, reply: FastifyReply) =>
    answerFailure(error, request, reply, log);
  const server = fastify({
    logger: false,
    connectionTimeout: IDLE_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // A path that cannot be decoded is none of ours.
    frameworkErrors: (_error, _request, { raw }) => {
      raw.writeHead(404, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end('There is no such page.\n');
    },
  });
  server.setErrorHandler(answer);
  await server.register(cookie);
  return server;
}

function answerFailure(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply, log: Log) {
  if (error instanceof HttpFailure) return reply.code(error.statusCode).send(error.facts);
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 500) {
    log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a request failed');
    return reply.code(status).send(toErrorFacts(error));
  }
  // The only routes that take something are those of uploads; what else is wrong is a path that leads nowhere.
  if (request.method === 'GET' || request.method === 'HEAD') return reply.callNotFound();
  return reply.code(status).send(notUnderstood(error).toFacts());
}

function notUnderstood(error: Error): LoadstoneError {
  return new LoadstoneError({
    code: 'UPLOAD_FAILED',
    message: `The request was not understood: ${error.message}.`,
    remedy: 'Reload the page and drop the folder again.',
    cause: error,
  });
}
