-- Times are milliseconds since 1970-01-01T00:00:00Z, durations milliseconds, lists JSON arrays of
-- strings. A column about an end is NULL until that end has come.

CREATE TABLE runs (
  id                TEXT PRIMARY KEY,
  command           TEXT NOT NULL,
  phase             TEXT NOT NULL,
  work              TEXT NOT NULL CHECK (work IN ('converge', 'why-run', 'command-per-node', 'command-once')),
  user              TEXT NOT NULL,
  pid               INTEGER NOT NULL,
  process_start     INTEGER,            -- tells a process from a later one with the same pid
  concurrency       INTEGER NOT NULL,
  planned           INTEGER NOT NULL,   -- nodes, dummies left out
  started_at        INTEGER NOT NULL,
  ended_at          INTEGER,
  took              INTEGER,
  exit_code         INTEGER,
  code_before_hooks INTEGER,
  end               TEXT,
  turned            TEXT GENERATED ALWAYS AS (
    CASE WHEN end <> 'finished' THEN NULL
         WHEN code_before_hooks <> 0 AND exit_code = 0 THEN 'green'
         WHEN code_before_hooks = 0 AND exit_code <> 0 THEN 'red' END) VIRTUAL,
  lost_events       INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX runs_by_start ON runs (started_at);

-- Rows with output are too long for WITHOUT ROWID, whose pages hold at least four each.
CREATE TABLE nodes (
  run_id           TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position         INTEGER NOT NULL,    -- in run order; dummies come last
  fqdn             TEXT NOT NULL,
  environment      TEXT NOT NULL,
  started_at       INTEGER,
  connect_took     INTEGER,
  deploy_started_at INTEGER,
  deploy_exit_code INTEGER,
  deploy_detail    TEXT,
  deploy_took      INTEGER,
  deploy_tail      TEXT,
  outcome          TEXT,
  reason           TEXT,
  ended_at         INTEGER,
  took             INTEGER,
  PRIMARY KEY (run_id, position),
  UNIQUE (run_id, fqdn)
);

CREATE INDEX nodes_by_outcome ON nodes (run_id, outcome);

-- One row for each execution of a hook.
CREATE TABLE hooks (
  run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  type        TEXT NOT NULL,
  node        TEXT,                     -- NULL for a global hook
  attempt     INTEGER NOT NULL,
  required    INTEGER NOT NULL,
  argv        TEXT NOT NULL,
  return_code INTEGER,                  -- what a post hook was given
  started_at  INTEGER NOT NULL,
  took        INTEGER,
  exit_code   INTEGER,
  end         TEXT,
  detail      TEXT,
  tail        TEXT,
  PRIMARY KEY (run_id, number)
);

-- Hooks that a flag left out.
CREATE TABLE skipped_hooks (
  run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  type     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) WITHOUT ROWID;

-- The command that is run once a run, at most one each.
CREATE TABLE commands (
  run_id     TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  argv       TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  exit_code  INTEGER,
  detail     TEXT,
  took       INTEGER,
  tail       TEXT
) WITHOUT ROWID;

-- The signals that arrived.
CREATE TABLE stops (
  run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  signal   TEXT NOT NULL,
  kill     INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) WITHOUT ROWID;
