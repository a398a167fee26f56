/**
 * What happened to this database, whoever did it: entries are never changed, deleted or truncated, and neither are the
 * files of a load with their hashes, by which they are told. The triggers fire also for replication's own sessions.
 */
export const sql = `
create table loadstone.audit (
  id int8 generated always as identity primary key,
  -- when it was written: within the transaction that did it, near its end
  at timestamptz not null default clock_timestamp(),
  os_user text not null,
  os_host text not null,
  session_user_name text not null default session_user,
  client_address inet default inet_client_addr(),
  application_name text not null default current_setting('application_name'),
  action text not null,
  load_id uuid,
  counts json not null default '{}',
  files int,
  bytes int8,
  digest text,
  facts jsonb not null default '{}'
);
create index audit_by_load on loadstone.audit (load_id);
create function loadstone.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'loadstone.% is part of the audit log: what stands there is never changed or removed', tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger stays before update or delete on loadstone.audit
  for each row execute function loadstone.refuse_change();
create trigger stays_whole before truncate on loadstone.audit
  for each statement execute function loadstone.refuse_change();
create trigger stays before delete on loadstone.files
  for each row execute function loadstone.refuse_change();
create trigger stays_whole before truncate on loadstone.files
  for each statement execute function loadstone.refuse_change();
create trigger stays_as_written before update on loadstone.files
  for each row when (
    (old.load_id, old.file, old.path, old.root, old.size, old.modified_ns, old.changed_ns, old.sha256)
    is distinct from
    (new.load_id, new.file, new.path, new.root, new.size, new.modified_ns, new.changed_ns, new.sha256))
  execute function loadstone.refuse_change();
alter table loadstone.audit enable always trigger stays, enable always trigger stays_whole;
alter table loadstone.files enable always trigger stays, enable always trigger stays_whole,
  enable always trigger stays_as_written;
`;
