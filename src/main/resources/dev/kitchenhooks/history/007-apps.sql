-- The applications of nodes that had their turn. What stands at "deploy" is NULL until it has ended.
CREATE TABLE apps (
  run_id           TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  node             TEXT NOT NULL,
  name             TEXT NOT NULL,
  environment      TEXT NOT NULL,
  version          TEXT NOT NULL,
  target_dir       TEXT NOT NULL,
  deploy_started_at INTEGER,
  deploy_exit_code INTEGER,
  deploy_detail    TEXT,
  deploy_took      INTEGER,
  deploy_tail      TEXT,
  outcome          TEXT,
  reason           TEXT,
  ended_at         INTEGER,
  PRIMARY KEY (run_id, node, name)
);

CREATE INDEX apps_by_name ON apps (name, environment, ended_at);

-- The application of one of its hooks; NULL for a hook of the run or of a node.
ALTER TABLE hooks ADD COLUMN app TEXT;
