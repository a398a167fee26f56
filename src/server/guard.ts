import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { secureAnswer } from './headers.ts';
import { HttpFailure } from './http-failure.ts';
import { isCrossSite, isNavigation, isOwnHost, isOwnOrigin } from './origin-rules.ts';
import { lockedPage } from './pages.ts';
import { cookieName, isSecret, type Session } from './session.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Lets style elements into the page that answers this request. */
    styleNonce: string;
  }
}

interface GuardOptions {
  readonly session: Session;
  readonly port: () => number;
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const WRONG_HOST = { status: 421, text: 'This host answers only under its own address.\n' };
const FOREIGN = { status: 403, text: 'Only the window of this host may ask for that.\n' };

/** Nothing is answered before these rules have passed; only the exchange of the token needs no cookie. */
export function addGuard(server: FastifyInstance, { session, port }: GuardOptions): void {
  server.decorateRequest('styleNonce', '');
  server.addHook('onRequest', async (request, reply) => {
    request.styleNonce = secureAnswer(request, reply, port());
    const refusal = refusalOf(request, port());
    if (refusal !== null) return reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.text);
    if (isExchange(request)) return exchange(request, reply, { session, port });
    if (isSecret(request.cookies[cookieName(port())], session.secret)) return;
    return sendLocked(request, reply);
  });
}

/**
 * The rules for a WebSocket, which are stricter: browsers always say where such a request comes from.
 * @returns the status to refuse with, or null
 */
export function refuseUpgrade(server: FastifyInstance, request: IncomingMessage, options: GuardOptions): number | null {
  const { headers } = request;
  const port = options.port();
  if (!isOwnHost(headers, port)) return WRONG_HOST.status;
  if (!isOwnOrigin(headers) || isCrossSite(headers)) return FOREIGN.status;
  const cookies = server.parseCookie(headers.cookie ?? '');
  return isSecret(cookies[cookieName(port)], options.session.secret) ? null : 401;
}

function refusalOf({ headers, method, routeOptions }: FastifyRequest, port: number): typeof FOREIGN | null {
  if (!isOwnHost(headers, port)) return WRONG_HOST;
  const isFrontPage = method === 'GET' && routeOptions.url === '/' && isNavigation(headers);
  if (isCrossSite(headers) && !isFrontPage) return FOREIGN;
  if (!READING.has(method) && headers.origin !== undefined && !isOwnOrigin(headers)) return FOREIGN;
  return null;
}

function tokenOf({ query }: FastifyRequest): unknown {
  return typeof query === 'object' && query !== null && 'token' in query ? query.token : undefined;
}

function isExchange(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.routeOptions.url === '/' && tokenOf(request) !== undefined;
}

/** The token leaves the address bar, and with it the history and what the user copies from there. */
function exchange(request: FastifyRequest, reply: FastifyReply, { session, port }: GuardOptions): FastifyReply {
  if (!isSecret(tokenOf(request), session.token)) return sendLocked(request, reply);
  return reply
    .setCookie(cookieName(port()), session.secret, { path: '/', httpOnly: true, sameSite: 'strict' })
    .redirect('/', 303);
}

/** Uploads are asked for by scripts, which show an error; everything else may be read by a person. */
function sendLocked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!request.url.startsWith('/inbox'))
    return reply.code(401).type('text/html; charset=utf-8').send(lockedPage(request.styleNonce));
  throw new HttpFailure(401, {
    code: 'UPLOAD_FAILED',
    message: 'This window holds no key to the host any more: the host was started anew.',
    remedy: 'Open the address that "loadstone serve" printed.',
  });
}
