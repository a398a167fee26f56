/** Rows that an undo left as they are and why, until when what an undo needs is kept, and when it was dropped. */
export const sql = `
-- infinity: for ever; null: nobody said, as with loads of before
alter table loadstone.loads add column undo_kept_until timestamptz, add column undo_dropped_at timestamptz;
create table loadstone.undo_conflicts (
  load_id uuid not null references loadstone.loads on delete cascade,
  number bigint not null,
  -- the table's place in loadstone.load_tables
  position int not null,
  table_name text not null,
  -- the key's columns, each with its value as text
  key jsonb not null,
  act text not null check (act in ('inserted', 'changed')),
  reason text not null,
  other_schema text,
  other_table text,
  other_rows bigint,
  -- who wrote the row since: a load, or the undo of one
  by_load uuid,
  by_undo boolean not null default false,
  by_path text,
  by_line int,
  primary key (load_id, number)
);
`;
