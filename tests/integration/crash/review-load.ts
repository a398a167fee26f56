import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadSpec, loadSpecSchema } from '#contract/load';
import { stagingNames } from '#engine/model/staging-names';
import { closeClient, openClient } from '#engine/postgres/client';
import type { TestDatabase } from '#tests/helpers/database';
import { refOf } from './real-host.ts';

const ROWS = 12_000;
const FILES = 4;

/** Half of the rows are in the target; each tenth of them says something else there. */
const OLD = `select i as id, case when i % 10 = 0 then 'old ' else 'new ' end || i as v from generate_series(1, ${ROWS / 2}) i`;
const NEW = `select i as id, 'new ' || i as v from generate_series(1, ${ROWS}) i`;

/** A target with rows, and a statement trigger that holds a merge up in the midst of it until `release`. */
export async function createTarget(database: TestDatabase): Promise<void> {
  await database.query(`create table item (id int primary key, v text);
    insert into item ${OLD};
    create table slow (row int);
    create function slow_down() returns trigger language plpgsql as
      $$ begin if exists (select from slow) then perform pg_sleep(60); end if; return null; end $$;
    create trigger slow_down after update on item for each statement execute function slow_down();`);
}

/** Nothing of the load stands, or all of it, and nothing besides. */
export async function contentOf(database: TestDatabase): Promise<'nothing' | 'all' | 'something else'> {
  const same = (rows: string) =>
    `not exists ((table item except ${rows}) union all (${rows} except table item)) and (select count(*) from item) = (select count(*) from (${rows}) r)`;
  const [row] = await database.query<{ nothing: boolean; all: boolean }>(
    `select ${same(OLD)} as nothing, ${same(NEW)} as all`,
  );
  if (row?.nothing) return 'nothing';
  return row?.all ? 'all' : 'something else';
}

export function writeItems(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < FILES; file += 1) {
    const rows = Array.from({ length: ROWS / FILES }, (_, i) => (i * FILES + file + 1).toString());
    writeFileSync(join(folder, `${file}.csv`), `id,v\n${rows.map((id) => `${id},new ${id}\n`).join('')}`);
  }
}

export function reviewSpec(folder: string, database: TestDatabase): LoadSpec {
  const columns = ['id', 'v'].map((name) => ({ name, path: name, type: name === 'id' ? 'integer' : 'text' }));
  const table = { name: 'item', key: ['id'], onConflict: 'overwrite', columns };
  const mapping = { version: 1, name: 'items', source: { format: 'csv' }, tables: [table] };
  const order = { loadId: crypto.randomUUID(), paths: [folder], mapping, connection: refOf(database.target) };
  return loadSpecSchema.parse({ ...order, workers: 2, review: true });
}

const LOOK_EVERY_MS = 5;

async function until(database: TestDatabase, signal: AbortSignal, sql: string): Promise<void> {
  const found = () =>
    database.query(sql).then(
      ({ length }) => length > 0,
      () => false,
    );
  while (!signal.aborted && !(await found())) await sleep(LOOK_EVERY_MS);
}

/** Holds a part of the staging, so that a check stands still where it needs it. */
async function hold(
  database: TestDatabase,
  { loadId }: LoadSpec,
  mode: string,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const names = stagingNames(loadId);
  await until(database, signal, `select from ${names.plan} limit 1`);
  const client = await openClient(database.target, { applicationName: 'crash test' });
  const release = () => closeClient(client);
  await client.query(`begin; lock table ${names.conflicts} in ${mode} mode`).catch(release);
  await until(database, signal, `select from pg_locks where not granted and relation = '${names.conflicts}'::regclass`);
  if (signal.aborted) await release();
  return release;
}

/**
 * A moment of a load. Resolves when it is reached, or the signal aborts, to how to let the load go on: what held it back
 * is given back after the kill.
 */
export type Boundary = (database: TestDatabase, spec: LoadSpec, signal: AbortSignal) => Promise<() => Promise<void>>;

/** Nothing is known but what is staged. */
export const beforeCheck: Boundary = (database, spec, signal) => hold(database, spec, 'access exclusive', signal);

/** All is found, and about to be made to last. */
export const beforeLogged: Boundary = (database, spec, signal) => hold(database, spec, 'access share', signal);

/** The check is committed; nobody may have heard of it. */
export const afterCheck: Boundary = async (database, { loadId }, signal) => {
  await until(database, signal, `select from ${stagingNames(loadId).own('review')}`);
  return async () => undefined;
};

/** Rows are written, and not committed. What sleeps there goes on sleeping; the next merge does not begin to. */
export const inMerge: Boundary = async (database, _, signal) => {
  await until(
    database,
    signal,
    `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
  );
  await database.query('delete from slow');
  return async () => undefined;
};
