/** Which loads merged, which files they held, and their rejects. Repeatable: the first installations know no version. */
export const sql = `
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
);
`;
