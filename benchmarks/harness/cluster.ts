import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { initialise, linkServerFiles, own, serverAccount } from './server-files.ts';

/** A throw-away PostgreSQL 18, reached as real servers are: TCP and a scram password. */
export interface Cluster {
  readonly port: number;
  /** The server's first process. */
  readonly pid: number;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

const USER = 'bench';
const PASSWORD = 'bench';
const READY_TIMEOUT_MS = 20_000;
const RETRY_MS = 50;

/** `settings` (`name=value`) are given to the server with -c; without any it runs with its defaults. */
export async function startCluster(settings: readonly string[]): Promise<Cluster> {
  const base = mkdtempSync(join(tmpdir(), 'loadstone-bench-'));
  const leftovers = removeOnExit(base);
  const account = serverAccount();
  own(base, account);
  const bin = linkServerFiles(base);
  initialise(base, bin, account, USER, PASSWORD);
  const port = await freePort();
  const chosen = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${base}`, ...settings];
  const args = ['-D', join(base, 'data'), ...chosen.flatMap((item) => ['-c', item])];
  const server = spawn(join(bin, 'postgres'), args, { ...account, stdio: 'ignore' });
  leftovers.add(server);
  await ready(server, port);
  return {
    port,
    pid: server.pid ?? 0,
    user: USER,
    password: PASSWORD,
    async stop() {
      if (server.exitCode === null && server.kill('SIGINT')) await once(server, 'exit');
      leftovers.clear();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port was given.');
  return address.port;
}

async function ready(server: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (server.exitCode !== null || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

interface Leftovers {
  add(server: ChildProcess): void;
  clear(): void;
}

/** A benchmark that fails or is interrupted leaves neither a server nor its files behind. */
function removeOnExit(base: string): Leftovers {
  let running: ChildProcess | null = null;
  const clean = (): void => {
    running?.kill('SIGQUIT');
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const interrupted = (): void => process.exit(130);
  process.on('exit', clean);
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  return {
    add(server) {
      running = server;
    },
    clear() {
      process.off('exit', clean);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      clean();
    },
  };
}
