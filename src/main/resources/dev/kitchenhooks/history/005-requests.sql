-- How a run is repeated: its words after fix, a JSON array, which is empty where they hold a secret; and where they
-- were typed. NULL for runs of an older fix. And the run that this one repeats, where it does.
ALTER TABLE runs ADD COLUMN request TEXT;
ALTER TABLE runs ADD COLUMN directory TEXT;
ALTER TABLE runs ADD COLUMN repeats TEXT;
