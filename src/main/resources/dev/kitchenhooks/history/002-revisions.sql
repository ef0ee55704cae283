-- Which revision of the kitchen was the current one on a node, before and after its deploy; NULL where
-- there was none, or nothing is known of it.

ALTER TABLE nodes ADD COLUMN revision_before TEXT;
ALTER TABLE nodes ADD COLUMN revision_after TEXT;
