import type { PgClient } from './client.ts';

/** Serialises the one-time set-up; the number is arbitrary but ours. */
const INSTALL_LOCK = 4_710_001;

/**
 * What Loadstone keeps in the target, logged: which loads merged, which files they held, and their rejects. Undo data
 * and provenance are a table per load and target beside these, typed as the target is.
 */
const INSTALL = `
create schema if not exists loadstone;
create table if not exists loadstone.loads (
  load_id uuid primary key,
  mapping_name text not null,
  mapping_hash text not null,
  -- the targets by identity and storage: a table that was dropped or truncated has forgotten its loads
  targets text not null,
  state text not null check (state in ('merged', 'undone')),
  xid xid8 not null,
  merged_at timestamptz not null default now(),
  undo_xid xid8,
  undone_at timestamptz,
  -- what the undo took back: its answer, should the first one be lost
  undo_report jsonb,
  report jsonb not null
);
create index if not exists loads_of_mapping on loadstone.loads (mapping_hash);
create table if not exists loadstone.load_tables (
  load_id uuid not null references loadstone.loads on delete cascade,
  position int not null,
  mapping_table text not null,
  target_schema text not null,
  target_table text not null,
  target_oid oid not null,
  key_columns text[] not null,
  inserted_table text,
  before_table text,
  primary key (load_id, position)
);
create table if not exists loadstone.files (
  load_id uuid not null references loadstone.loads on delete cascade,
  file int not null,
  path text not null,
  root text not null,
  size bigint not null,
  modified_ns bigint not null,
  changed_ns bigint not null,
  sha256 text not null,
  -- false: an undo took back rows that this file had brought, so it is looked at again
  counts boolean not null default true,
  primary key (load_id, file)
);
create index if not exists files_by_path on loadstone.files (path);
create table if not exists loadstone.rejects (
  load_id uuid not null references loadstone.loads on delete cascade,
  file int not null,
  sequence int not null,
  number int not null,
  path text not null,
  line int not null,
  table_name text not null,
  column_name text,
  field text,
  value text,
  code text not null,
  message text not null,
  primary key (load_id, file, sequence, number)
);`;

const INSTALLED = `select to_regclass('loadstone.rejects') is not null as installed`;

/** Makes sure the `loadstone` schema is there. Safe when several hosts call it at once. */
export async function installLoadstoneSchema(client: PgClient): Promise<void> {
  if (await isLoadstoneInstalled(client)) return;
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [INSTALL_LOCK]);
    await client.query(INSTALL);
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

export async function isLoadstoneInstalled(client: PgClient): Promise<boolean> {
  return (await client.query<{ installed: boolean }>(INSTALLED)).rows[0]?.installed ?? false;
}
