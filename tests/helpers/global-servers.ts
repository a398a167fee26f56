import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient } from '#engine/postgres/client';
import { ensureEmbedded } from '#engine/postgres/embedded/embedded';
import { debianBinaries, startDebianServer } from '#tests/helpers/debian-server';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { serversFolder, temporaryFolder } from '#tests/helpers/temporary-folder';

/** A server the whole run shares; every test makes its own database on it. */
export interface TestServer {
  /** e.g. `PostgreSQL 18`. */
  readonly name: string;
  readonly version: number;
  readonly target: ConnectionTarget;
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: readonly TestServer[];
  }
}

const HOME_PREFIX = 'loadstone-servers-';

/** Starts the embedded PostgreSQL 18 and, where its binaries are installed, Debian's; both end with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const parent = serversFolder();
  const home = temporaryFolder(`${HOME_PREFIX}${process.pid}-`, parent);
  const stops: (() => Promise<void>)[] = [];
  const teardown = async (): Promise<void> => {
    await Promise.allSettled(stops.splice(0).map((stop) => stop()));
  };
  try {
    stops.push(async () => {
      await removeEmbedded(home.path);
      home.remove();
    });
    const embedded = await ensureEmbedded({ home: home.path });
    await forgoDurability(embedded);
    const servers: TestServer[] = [{ name: 'PostgreSQL 18', version: 18, target: embedded }];
    if (debianBinaries() !== undefined) {
      const debian = await startDebianServer({ parent });
      stops.push(debian.stop);
      servers.push({ name: `PostgreSQL ${debian.version}`, version: debian.version, target: debian.target });
    }
    project.provide('servers', servers);
  } catch (error) {
    await teardown();
    throw error;
  }
  stopAtTheLatest(teardown);
  return teardown;
}

/** No test cuts the machine's power; what kills a server (tests/integration/crash) starts its own. */
async function forgoDurability(target: ConnectionTarget): Promise<void> {
  const client = await openClient(target, { applicationName: 'global servers' });
  try {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await client.query(`alter system set ${setting} = off`);
    }
    await client.query('select pg_reload_conf()');
  } finally {
    await closeClient(client);
  }
}

/** A signal ends the run without its teardown, and the embedded server would outlive it. */
function stopAtTheLatest(teardown: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void teardown().finally(() => process.exit(1)));
  }
}

/** Runs that were killed could not clean up; their homes carry the number of a process that is gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(serversFolder())) {
    const pid = new RegExp(`^${HOME_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const home = join(serversFolder(), name);
    await removeEmbedded(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
