import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '#contract/api/contract';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const REPOSITORY = join(import.meta.dirname, '../..');
/** From the start of the process to the printed address, on a busy machine. */
const START_MS = 30_000;

export type WindowClient = ContractRouterClient<Contract>;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface WebHostOptions {
  /** A home that was used before; the caller removes it. */
  readonly home?: string;
  readonly words?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** A window's line to its host. */
export interface Connected {
  readonly client: WindowClient;
  readonly socket: WebSocket;
}

/** The built `loadstone serve` as a process of its own, in a home of its own. */
export class WebHostProcess {
  readonly home: string;
  readonly child: ChildProcess;
  /** As printed, with its token. */
  readonly url: string;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly ended: Promise<Ended>;
  readonly #sockets = new Set<WebSocket>();
  readonly #removeHome: () => void;
  #cookie: string | undefined;

  constructor(started: Started, home: string, removeHome: () => void) {
    this.home = home;
    this.child = started.child;
    this.ended = started.ended;
    this.url = started.url;
    const { port, origin } = new URL(started.url);
    this.port = Number(port);
    this.origin = origin;
    this.#removeHome = removeHome;
  }

  /** Exchanges the token once. @returns the Cookie header of a window */
  async cookie(): Promise<string> {
    if (this.#cookie !== undefined) return this.#cookie;
    const { status, headers } = await this.askBare(this.url.slice(this.origin.length));
    const [set = ''] = headers['set-cookie'] ?? [];
    if (status !== 303 || set === '') throw new Error(`the token was not exchanged: ${status}`);
    this.#cookie = set.split(';')[0] ?? '';
    return this.#cookie;
  }

  /** A request as a window sends it. */
  async ask(path: string, { headers, ...asking }: Asking = {}): Promise<Answer> {
    return this.askBare(path, { ...asking, headers: { cookie: await this.cookie(), ...headers } });
  }

  /** A request exactly as told: the path is not tidied, no header is added but Host. */
  async askBare(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
    const request = httpRequest({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false });
    request.end(body);
    const [response] = await once(request, 'response');
    return { status: response.statusCode, headers: response.headers, text: await text(response) };
  }

  /** The line of one more window. */
  async connect(): Promise<Connected> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/rpc`, {
      origin: this.origin,
      headers: { cookie: await this.cookie() },
    });
    socket.binaryType = 'arraybuffer';
    this.#sockets.add(socket);
    await once(socket, 'open');
    // ws implements the part of the browser's WebSocket that the link uses.
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    return { client: createORPCClient<WindowClient>(link), socket };
  }

  /** Ends it gracefully. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.ended;
  }

  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }

  /** Stops it if it runs; stops and removes the home's embedded database, and the home if it was made for this. */
  async dispose(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.stop();
    await removeEmbedded(this.home);
    this.#removeHome();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }
}

/** Starts the host and waits for its address. */
export async function startWebHost({ home, words = [], env, cwd }: WebHostOptions = {}): Promise<WebHostProcess> {
  if (!existsSync(join(REPOSITORY, 'out/main/server.js'))) throw new Error('Build first: npm run build.');
  const folder = home === undefined ? temporaryFolder('loadstone-web-') : undefined;
  const place = home ?? folder?.path ?? '';
  try {
    const started = await launch(place, words, env, cwd ?? place);
    return new WebHostProcess(started, place, () => folder?.remove());
  } catch (error) {
    folder?.remove();
    throw error;
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly url: string;
}

async function launch(
  home: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv | undefined,
  cwd: string,
): Promise<Started> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'bin/loadstone.cjs'), 'serve', ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: home, LOADSTONE_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const url = new Promise<string>((resolve) =>
    child.stdout.on('data', (data) => {
      out += data;
      const found = /http:\/\/\S+\?token=[\w-]+/.exec(out)?.[0];
      if (found !== undefined && out.includes('\n')) resolve(found);
    }),
  );
  child.stderr.on('data', (data) => {
    err += data;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, err })),
  );
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    const failed = ended.then((end) => Promise.reject(new Error(`serve ended with ${end.code}: ${err}`)));
    return { child, ended, url: await Promise.race([url, failed]) };
  } finally {
    clearTimeout(late);
  }
}
