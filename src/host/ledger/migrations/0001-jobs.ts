export const sql = `
CREATE TABLE jobs (
  number           INTEGER PRIMARY KEY AUTOINCREMENT,
  load_id          TEXT NOT NULL,
  kind             TEXT NOT NULL,
  state            TEXT NOT NULL,
  spec             TEXT NOT NULL,            -- LoadSpec as JSON; holds no secret
  created_at       TEXT NOT NULL,
  started_at       TEXT,
  ended_at         TEXT,
  host_pid         INTEGER,                  -- the process that runs the job, or its present action
  host_started     TEXT,                     -- tells that process from a later one with the same pid
  action           TEXT,                     -- 'undo' or 'discard' while one is under way
  cancel_requested INTEGER NOT NULL DEFAULT 0, -- clicks of a cancel asked for by other processes
  report           TEXT,                     -- LoadReport as JSON
  error            TEXT                      -- ErrorFacts as JSON
) STRICT;

CREATE INDEX jobs_open ON jobs (state) WHERE state IN ('queued', 'running', 'cancelling');

CREATE TABLE job_events (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  job   INTEGER NOT NULL REFERENCES jobs (number),
  at    TEXT NOT NULL,
  event TEXT NOT NULL,
  facts TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE INDEX job_events_job ON job_events (job);
`;
