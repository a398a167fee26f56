import { DynamicLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { hostLost } from './failure.ts';

/** `refused`: the host is there but does not know this page (any more); only its printed link helps. */
export type HostState = 'connecting' | 'open' | 'lost' | 'refused';

type Link = PortLink<Record<never, never>> | SocketLink<Record<never, never>>;

/** A call made while the line is down waits this long for it to come back. */
const CALL_PATIENCE_MS = 8_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/** How long a host may take to say whether it knows this page; one that hangs is lost. */
const REFUSAL_MS = 5_000;

/**
 * The line to the host: a MessagePort on the desktop, a WebSocket in a browser, opened again whenever it breaks.
 *
 * States: connecting → open → lost → open … ; connecting or lost → refused (for good).
 */
class HostLink {
  #state: HostState = 'connecting';
  #link = Promise.withResolvers<Link>();
  #retryMs = FIRST_RETRY_MS;
  readonly #listeners = new Set<() => void>();

  get state(): HostState {
    return this.#state;
  }

  start(): void {
    if (window.loadstone === undefined) this.#openSocket();
    else this.#openPort();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The link of the open line. @throws HOST_LOST when there is none within a few seconds. */
  async current(): Promise<Link> {
    const patience = Promise.withResolvers<never>();
    const timer = setTimeout(() => patience.reject(hostLost()), CALL_PATIENCE_MS);
    try {
      return await Promise.race([this.#link.promise, patience.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #openPort(): void {
    const { port1, port2 } = new MessageChannel();
    const link = new PortLink({ port: port1 });
    port1.start();
    window.postMessage('loadstone:connect', '*', [port2]);
    this.#opened(link);
  }

  #openSocket(): void {
    const address = new URL('/rpc', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    const link = new SocketLink({ websocket: socket });
    socket.addEventListener('open', () => this.#opened(link));
    socket.addEventListener('close', () => void this.#closed());
  }

  #opened(link: Link): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#link.resolve(link);
    this.#enter('open');
  }

  async #closed(): Promise<void> {
    if (this.#state === 'open') {
      this.#link = Promise.withResolvers<Link>();
      this.#enter('lost');
    }
    if (await isRefused()) return this.#enter('refused');
    this.#enter('lost');
    setTimeout(() => this.#openSocket(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #enter(state: HostState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** A WebSocket does not tell why it was not opened; an ordinary request does. */
async function isRefused(): Promise<boolean> {
  try {
    const { status } = await fetch('/', {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(REFUSAL_MS),
    });
    return status === 401;
  } catch {
    return false;
  }
}

export const hostLink = new HostLink();
export const dynamicLink = new DynamicLink(() => hostLink.current());
