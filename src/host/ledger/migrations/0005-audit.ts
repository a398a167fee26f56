/** What happened, one entry each, never changed: not by an UPDATE, a DELETE, or an INSERT that takes an entry's place. */
export const sql = `
CREATE TABLE audit (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         TEXT NOT NULL,
  os_user    TEXT NOT NULL,
  os_host    TEXT NOT NULL,
  program    TEXT NOT NULL,                  -- 'window', 'web' or 'cli'
  action     TEXT NOT NULL,
  job        INTEGER,
  load_id    TEXT,
  connection TEXT,                           -- as people write it; holds no secret
  counts     TEXT NOT NULL DEFAULT '{}',     -- JSON
  files      INTEGER,
  bytes      INTEGER,
  digest     TEXT,                           -- of the sorted list of files with their hashes
  facts      TEXT NOT NULL DEFAULT '{}'      -- JSON
) STRICT;

CREATE INDEX audit_action ON audit (action);

CREATE TRIGGER audit_stays_as_written BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: its entries are never changed'); END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: its entries are never deleted'); END;

CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: its entries are never replaced'); END;
`;
