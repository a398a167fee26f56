import { connect, type Socket } from 'node:net';
import type { ConnectionTarget } from '#contract/connection';

/** What is found at an address. */
export type ProbeAnswer =
  | { readonly kind: 'postgres'; readonly tls: boolean }
  /** It answered as no PostgreSQL does; '' when it just closed the line. */
  | { readonly kind: 'stranger'; readonly said: string }
  /** The connection was taken, and nothing came. */
  | { readonly kind: 'silent' }
  /** Not even the connection was taken. */
  | { readonly kind: 'unanswered' };

export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Asks whether TLS is spoken: every PostgreSQL answers with one letter, before it asks who we are. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** Characters quoted of a stranger's answer. */
const QUOTED = 60;

/**
 * Asks what listens at an address, without logging in.
 * @throws the socket's error when the connection cannot be made; the signal's reason.
 */
export async function probeServer(
  { host, port }: Pick<ConnectionTarget, 'host' | 'port'>,
  { timeoutMs, signal }: ProbeOptions,
): Promise<ProbeAnswer> {
  signal.throwIfAborted();
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await ask(socket, timeoutMs);
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
    signal.throwIfAborted();
  }
}

function ask(socket: Socket, timeoutMs: number): Promise<ProbeAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ProbeAnswer>();
  let connected = false;
  const timer = setTimeout(() => resolve({ kind: connected ? 'silent' : 'unanswered' }), timeoutMs);
  socket.once('connect', () => {
    connected = true;
    socket.write(SSL_REQUEST);
  });
  socket.once('data', (answer) => resolve(judge(answer)));
  socket.once('close', () => resolve({ kind: 'stranger', said: '' }));
  // Later errors are of no interest, and must not end the process.
  socket.on('error', (error) => (connected ? resolve({ kind: 'stranger', said: '' }) : reject(error)));
  return promise.finally(() => clearTimeout(timer));
}

function judge(answer: Buffer): ProbeAnswer {
  const text = answer.toString('latin1');
  if (text === 'S' || text === 'N') return { kind: 'postgres', tls: text === 'S' };
  // A server that could not even start a process for us says so in its own way.
  if (/^E(could not fork|\0)/.test(text)) return { kind: 'postgres', tls: false };
  const printable = text.slice(0, QUOTED).replace(/[^\x20-\x7e]+/g, '·');
  return { kind: 'stranger', said: printable.trim() };
}
