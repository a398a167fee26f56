import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import type { ConnectionTarget } from '#contract/connection';
import { ensureEmbedded } from '#engine/postgres/embedded/embedded';
import { ENTRY } from '#tests/helpers/e2e/web-server';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { serversFolder, temporaryFolder } from '#tests/helpers/temporary-folder';

export const REPOSITORY = join(import.meta.dirname, '../../..');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A user's machine as far as Loadstone sees it: a home of its own, with its own embedded database, and a folder for files. */
export class Home {
  readonly #folder = temporaryFolder('loadstone-e2e-', serversFolder());
  /** LOADSTONE_HOME. */
  readonly path = join(this.#folder.path, 'home');
  /** Where a test writes what it loads. */
  readonly files = join(this.#folder.path, 'files');
  readonly env: Record<string, string>;

  constructor() {
    for (const folder of [this.files, this.path]) mkdirSync(folder);
    this.env = {
      PATH: process.env.PATH ?? '',
      HOME: this.#folder.path,
      LOADSTONE_HOME: this.path,
      ...(process.env.DISPLAY !== undefined && { DISPLAY: process.env.DISPLAY }),
    };
  }

  /** Runs the command line over this home. */
  async cli(...words: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, [ENTRY, ...words], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, out, err };
  }

  /** Where the embedded database is, started when needed. */
  async server(): Promise<ConnectionTarget> {
    return await ensureEmbedded({ home: this.path });
  }

  /** Asks the embedded database itself. */
  async query<Row extends pg.QueryResultRow = Record<string, unknown>>(sql: string): Promise<readonly Row[]> {
    const { host, port, database, user, password } = await this.server();
    const client = new pg.Client({ host, port, database, user, ...(password !== undefined && { password }) });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Rows of each table, counted by the database. */
  async count(...tables: readonly string[]): Promise<Readonly<Record<string, number>>> {
    const counts = tables.map((table) => `'${table}', (select count(*) from ${table})`);
    const [row] = await this.query<{ counts: Record<string, number> }>(
      `select json_build_object(${counts.join(', ')}) as counts`,
    );
    return row?.counts ?? {};
  }

  async dispose(): Promise<void> {
    await removeEmbedded(this.path);
    this.#folder.remove();
  }
}
