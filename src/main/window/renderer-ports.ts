import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, type MessagePortMain, type WebContents } from 'electron';
import type { ConnectMessage } from '#contract/api/desktop-bridge';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';
import { isOurPage } from './page-policy.ts';

const CONNECT: ConnectMessage = 'loadstone:connect';
/** The call by which a page hears of `open` events; see the contract's `app.watch`. */
const WATCH = '/app/watch';

interface PortsOptions {
  readonly router: Application['router'];
  readonly log: Log;
  /** A page listens to the application's events from now on. */
  readonly onListening: () => void;
  /** No page is connected any more. */
  readonly onAlone: () => void;
}

/** The lines between pages and the application: one per page, dropped with its calls when the page goes. */
export class RendererPorts {
  readonly #handler: RPCHandler<Record<never, never>>;
  readonly #log: Log;
  readonly #onAlone: () => void;
  readonly #followed = new WeakSet<WebContents>();
  readonly #lines = new Map<WebContents, PageLine>();
  #listening = false;

  constructor({ router, log, onListening, onAlone }: PortsOptions) {
    this.#log = log;
    this.#onAlone = onAlone;
    const heard = (): void => {
      this.#listening = true;
      onListening();
    };
    this.#handler = new RPCHandler(router, {
      interceptors: [
        async ({ request, next }) => {
          const result = await next();
          if (!result.matched || request.url.pathname !== WATCH || !isIterator(result.response.body)) return result;
          return { ...result, response: { ...result.response, body: tellFirst(result.response.body, heard) } };
        },
      ],
    });
  }

  /** Whether any page hears of events. */
  get areListening(): boolean {
    return this.#listening;
  }

  listen(): void {
    ipcMain.on(CONNECT, (event) => {
      const [port, ...others] = event.ports;
      if (port === undefined) return;
      if (!isOurPage(event.senderFrame) || others.length > 0) {
        this.#log.warn({ url: event.senderFrame?.url ?? null }, 'connection of a foreign page refused');
        for (const refused of event.ports) refused.close();
        return;
      }
      this.#connect(event.sender, port);
    });
  }

  close(): void {
    for (const line of this.#lines.values()) line.drop();
  }

  #connect(contents: WebContents, port: MessagePortMain): void {
    this.#lines.get(contents)?.drop();
    this.#followPage(contents);
    const line = new PageLine(port);
    this.#lines.set(contents, line);
    this.#handler.upgrade(line, { context: {} });
    port.start();
  }

  /** A navigation that was refused leaves the page, and so its line, in place. */
  #followPage(contents: WebContents): void {
    if (this.#followed.has(contents)) return;
    this.#followed.add(contents);
    const drop = (): void => this.#drop(contents);
    contents.on('did-navigate', drop);
    contents.on('render-process-gone', drop);
    contents.once('destroyed', drop);
  }

  #drop(contents: WebContents): void {
    this.#lines.get(contents)?.drop();
    this.#lines.delete(contents);
    if (this.#lines.size > 0) return;
    this.#listening = false;
    this.#onAlone();
  }
}

/** A port whose end is heard once, whichever side ends it; what is said after that goes nowhere. */
class PageLine {
  readonly #port: MessagePortMain;
  readonly #closed: (() => void)[] = [];
  #open = true;

  constructor(port: MessagePortMain) {
    this.#port = port;
    port.once('close', () => this.drop());
  }

  on(event: string, listener: (event?: { readonly data: unknown }) => void): void {
    if (event === 'close') this.#closed.push(listener);
    if (event === 'message') {
      this.#port.on('message', (message) => {
        if (this.#open) listener(message);
      });
    }
  }

  postMessage(message: unknown): void {
    if (this.#open) this.#port.postMessage(message);
  }

  drop(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#port.close();
    for (const listener of this.#closed) listener();
  }
}

type Iteration = AsyncIterator<unknown, unknown, undefined>;

function isIterator(body: unknown): body is Iteration {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'next' in body;
}

/** The same iteration, which tells when its first value is out. No generator: its `return` would wait for a value. */
function tellFirst(body: Iteration, tell: () => void): AsyncIterableIterator<unknown> {
  let told = false;
  return {
    next: async () => {
      const step = await body.next();
      if (!told) {
        told = true;
        queueMicrotask(tell);
      }
      return step;
    },
    return: async (value) => (await body.return?.(value as undefined)) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
