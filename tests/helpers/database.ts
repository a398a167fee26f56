import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryResultRow } from 'pg';
import { describe, expect, inject } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import { quoteIdentifier } from '#engine/postgres/quote';
import type { TestServer } from '#tests/helpers/global-servers';

export interface TestDatabase {
  readonly target: ConnectionTarget;
  /** Runs one statement on a connection of its own and gives its rows. */
  query<R extends QueryResultRow = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  /** Fails when anybody but us is still connected; see {@link expectNoConnections}. */
  expectNoConnections(): Promise<void>;
  drop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A backend needs a moment to notice that its client is gone. */
const LEAVE_TIMEOUT_MS = 3_000;

/** Runs the suite once for each server there is: the embedded 18 always, Debian's where it is installed. */
export function describeEachServer(name: string, suite: (server: TestServer) => void): void {
  for (const server of inject('servers')) describe(`${name} (${server.name})`, () => suite(server));
}

/** The embedded server, for what needs to be shown on one only. */
export function embeddedServer(): TestServer {
  const [first] = inject('servers');
  if (first === undefined) throw new Error('global-servers.ts started no server');
  return first;
}

/**
 * A fresh, empty database, or a copy of one that nobody is connected to. Drop it (or `await using`) at the end of the
 * test.
 */
export async function createDatabase(server: TestServer, template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await once(server.target, (client) =>
    client.query(`create database ${quoteIdentifier(name)} template ${quoteIdentifier(template)} strategy file_copy`),
  );
  const target = { ...server.target, database: name };
  const drop = async (): Promise<void> => {
    await once(server.target, (client) =>
      client.query(`drop database if exists ${quoteIdentifier(name)} with (force)`),
    );
  };
  return {
    target,
    query: async <R extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      await once(
        target,
        async (client) => (await client.query<R>(sql, values.length > 0 ? [...values] : undefined)).rows,
      ),
    expectNoConnections: () => expectNoConnections(target),
    drop,
    [Symbol.asyncDispose]: drop,
  };
}

/** Fails when a connection to the database is left open, and names it. */
async function expectNoConnections(target: ConnectionTarget): Promise<void> {
  await once({ ...target, database: 'postgres' }, async (client) => {
    const deadline = Date.now() + LEAVE_TIMEOUT_MS;
    let left = await connectionsOf(client, target.database);
    while (left.length > 0 && Date.now() < deadline) {
      await sleep(50);
      left = await connectionsOf(client, target.database);
    }
    expect(left, 'connections that were left open').toEqual([]);
  });
}

async function connectionsOf(client: PgClient, database: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select format('%s: %s, %s', pid, application_name, query) as line from pg_stat_activity
     where datname = $1 and backend_type in ('client backend', 'parallel worker')`,
    [database],
  );
  return rows.map((row) => row.line);
}

async function once<T>(target: ConnectionTarget, work: (client: PgClient) => Promise<T>): Promise<T> {
  const client = await openClient(target, { applicationName: 'test helper' });
  try {
    return await work(client);
  } finally {
    await closeClient(client);
  }
}
