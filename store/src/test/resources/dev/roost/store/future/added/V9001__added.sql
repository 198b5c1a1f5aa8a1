-- A release of the future that only adds: a column, a table and an index.
ALTER TABLE grants ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';
ALTER TABLE accounts ADD COLUMN nickname TEXT;
CREATE TABLE colours (name TEXT NOT NULL PRIMARY KEY);
CREATE INDEX grants_by_colour ON grants (colour);
