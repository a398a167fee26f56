/**
 * Rejects that are loaded later: which load brought a rejected row in the end, what was written in the place of what its
 * record holds. Rows that are not loaded yet stand under the load that rejected them first, whichever tried them last.
 */
export const sql = `
-- of a load that retried rejects: the load whose they are
alter table loadstone.loads add column retry_of uuid;
-- tells whether another mapping takes the same records of a file: only then do their sequences mean the same
alter table loadstone.loads add column records_hash text;
alter table loadstone.rejects add column fixed_by uuid;
alter table loadstone.rejects add column tried_by uuid;
create index rejects_by_fix on loadstone.rejects (fixed_by) where fixed_by is not null;
create table loadstone.corrections (
  load_id uuid not null references loadstone.loads on delete cascade,
  file int not null,
  sequence int not null,
  table_name text not null,
  -- empty: the text of the whole record
  column_name text not null,
  -- null: nothing is there
  value text,
  at timestamptz not null default clock_timestamp(),
  who text not null,
  primary key (load_id, file, sequence, column_name)
);
`;
