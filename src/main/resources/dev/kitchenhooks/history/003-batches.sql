-- How many nodes each batch has; NULL where the run is not divided.
ALTER TABLE runs ADD COLUMN batches TEXT;
