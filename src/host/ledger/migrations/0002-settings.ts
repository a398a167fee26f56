export const sql = `
CREATE TABLE settings (
  key        TEXT PRIMARY KEY,
  value      TEXT NOT NULL,                  -- JSON
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE connections (
  id         TEXT PRIMARY KEY,               -- UUID
  name       TEXT NOT NULL,
  folded     TEXT NOT NULL UNIQUE,           -- the name as it is compared: in any case, in any Unicode form
  ref        TEXT NOT NULL,                  -- ConnectionRef as JSON; holds no secret
  sealed     BLOB,                           -- the password, encrypted by the keychain or by a key of the environment
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX jobs_busy ON jobs (number) WHERE action IS NOT NULL;
`;
