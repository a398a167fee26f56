import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionTarget } from '#contract/connection';
import { embeddedStatus, ensureEmbedded } from '#engine/postgres/embedded/embedded';
import { waitForEnd } from '#engine/postgres/embedded/postmaster';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import type { TestServer } from '#tests/helpers/global-servers';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** A PostgreSQL 18 of its own, which a test may kill. */
export class PrivateServer {
  readonly #folder = temporaryFolder('loadstone-crash-');
  readonly #home = join(this.#folder.path, 'h');

  /** Starts the server where it does not run. */
  start(): Promise<ConnectionTarget> {
    return ensureEmbedded({ home: this.#home });
  }

  async asTestServer(): Promise<TestServer> {
    return { name: 'private', version: 18, target: await this.start() };
  }

  /** SIGKILL to the postmaster: its children end by themselves, nothing is written or closed. */
  async kill(): Promise<void> {
    const { pid } = await embeddedStatus({ home: this.#home });
    if (pid === undefined) throw new Error('the server does not run');
    process.kill(pid, 'SIGKILL');
    await waitForEnd(pid, 5_000);
  }

  /** What the server wrote since it was created. */
  async log(): Promise<string> {
    const { logFile } = await embeddedStatus({ home: this.#home });
    return logFile === undefined ? '' : readFileSync(logFile, 'utf8');
  }

  async dispose(): Promise<void> {
    await removeEmbedded(this.#home);
    this.#folder.remove();
  }
}
