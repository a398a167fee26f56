import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { give } from './server-account.ts';

/** Where a server listens: a unix socket nobody else can open, or on Windows a free loopback port. */
export interface Listener {
  readonly settings: Readonly<Record<string, string>>;
}

/** sun_path holds 108 bytes on Linux, 104 on macOS, with its NUL; the name is `.s.PGSQL.5432.lock` at its longest. */
const LONGEST_FOLDER_BYTES = 103 - '/.s.PGSQL.5432.lock'.length;
/** Not os.tmpdir(): TMPDIR may be long, or closed to the server's account. */
const TEMPORARY_PREFIX = '/tmp/loadstone-socket-';
const TEMPORARY_FOLDER = /^\/tmp\/loadstone-socket-[^/]+$/;

/** Prepares the place for the next start; no server runs, and the lock is ours. The socket lies beside the data, or where that path is too long, below /tmp. */
export async function prepareListener(cluster: Cluster): Promise<Listener> {
  if (process.platform === 'win32') {
    return { settings: { listen_addresses: '127.0.0.1', port: String(await freePort()) } };
  }
  const folder = await makeSocketFolder(cluster);
  return {
    settings: {
      listen_addresses: '',
      port: '5432',
      unix_socket_directories: folder,
      unix_socket_permissions: '0700',
    },
  };
}

/** Removes the folder below /tmp that a server left. */
export async function removeSocketFolder(folder: string): Promise<void> {
  if (TEMPORARY_FOLDER.test(folder)) await rm(folder, { recursive: true, force: true });
}

async function makeSocketFolder(cluster: Cluster): Promise<string> {
  const beside = join(cluster.folder, 'run');
  // A comma would part two folders in PostgreSQL's setting, a quote would need quoting.
  const isUsable = Buffer.byteLength(beside) <= LONGEST_FOLDER_BYTES && !/[,"']/.test(beside);
  // What a killed server left there would keep the next one away: it takes a zombie of that number for a server.
  await rm(beside, { recursive: true, force: true });
  const folder = isUsable ? beside : await mkdtemp(TEMPORARY_PREFIX);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  await give(folder, cluster.account);
  return folder;
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return await promise;
}
