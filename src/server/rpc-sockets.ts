import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type MinimalWebsocket, RPCHandler } from '@orpc/server/websocket';
import { WebSocket, WebSocketServer } from 'ws';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';

/** The longest mapping that the contract takes, in any letters; ws refuses more before it is buffered (close code 1009). */
const LARGEST_MESSAGE = 16 * 1024 * 1024;
/** What may wait for a page that does not read: some of the largest answers. One that asks for more then is given up. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const HEARTBEAT_MS = 15_000;
/** How long a page may take to answer the closing. */
const FAREWELL_MS = 1_000;
const CLOSE_STOPPING = 1001;
const CLOSE_NOT_UNDERSTOOD = 1007;

interface RpcSocketsOptions {
  readonly router: Application['router'];
  readonly log: Log;
  readonly heartbeatMs?: number;
}

/** All pages' WebSockets. Each is *alive* until a whole heartbeat passes without its pong; then it is cut. */
export class RpcSockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, clientTracking: true });
  readonly #handler: RPCHandler<Record<never, never>>;
  readonly #silent = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #log: Log;

  constructor({ router, log, heartbeatMs = HEARTBEAT_MS }: RpcSocketsOptions) {
    this.#handler = new RPCHandler(router);
    this.#log = log;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs).unref();
  }

  /** Takes over a request that has passed all checks. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (page) => this.#serve(page));
  }

  /** Tells every page that the host stops. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    const gone = [...this.#server.clients].map((page) => farewell(page));
    this.#server.close();
    await Promise.all(gone);
  }

  #serve(page: WebSocket): void {
    page.binaryType = 'arraybuffer';
    const peer: MinimalWebsocket = {
      addEventListener: () => {},
      send: (message) => this.#send(page, message as string | Uint8Array),
    };
    page.on('pong', () => this.#silent.delete(page));
    page.on('error', (error) => this.#log.warn({ err: error }, 'a page broke the rules of its connection'));
    page.on('close', () => this.#handler.close(peer));
    page.on('message', (data, isBinary) => {
      const message = isBinary ? (data as ArrayBuffer) : String(data);
      this.#handler.message(peer, message, { context: {} }).catch((error: unknown) => {
        this.#log.warn({ err: error }, 'a message of a page was not understood');
        page.close(CLOSE_NOT_UNDERSTOOD, 'not understood');
      });
    });
  }

  #send(page: WebSocket, message: string | Uint8Array): void {
    if (page.readyState !== WebSocket.OPEN) return;
    // Judged by what waits already: a single large answer is no sign of a page that does not read.
    if (page.bufferedAmount <= MOST_WAITING_BYTES) {
      page.send(message, () => {});
      return;
    }
    this.#log.warn({ waiting: page.bufferedAmount }, 'a page does not read what it asked for: its connection is cut');
    page.terminate();
  }

  #beat(): void {
    for (const page of this.#server.clients) {
      if (this.#silent.has(page)) {
        page.terminate();
        continue;
      }
      this.#silent.add(page);
      page.ping();
    }
  }
}

function farewell(page: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => page.terminate(), FAREWELL_MS);
    page.once('close', () => {
      clearTimeout(late);
      resolve();
    });
    page.close(CLOSE_STOPPING, 'the host stops');
  });
}
