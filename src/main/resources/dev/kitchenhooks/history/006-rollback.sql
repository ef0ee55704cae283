-- The run that this one takes its nodes back from; NULL for one that does not.
ALTER TABLE runs ADD COLUMN rolls_back TEXT;
