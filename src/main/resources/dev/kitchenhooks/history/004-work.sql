-- What a run does to its nodes is no longer one of four things. The words are the program's, as those
-- of outcomes are: a list of them here would have to be replaced with each new one.
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'converge';

UPDATE runs SET kind = work;

ALTER TABLE runs DROP COLUMN work;

ALTER TABLE runs RENAME COLUMN kind TO work;
