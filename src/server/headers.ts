import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '#contract/content-security-policy';

const NONCE_BYTES = 16;

/** Gives every answer, errors included, the headers that confine the page. @returns the answer's style nonce */
export function secureAnswer({ headers }: FastifyRequest, reply: FastifyReply, port: number): string {
  const styleNonce = randomBytes(NONCE_BYTES).toString('base64');
  // 'self' covers the WebSocket in current browsers; older ones want it named.
  const connect = [`ws://${headers.host === `localhost:${port}` ? 'localhost' : '127.0.0.1'}:${port}`];
  reply.headers({
    'content-security-policy': contentSecurityPolicy({ styleNonce, connect }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  return styleNonce;
}
