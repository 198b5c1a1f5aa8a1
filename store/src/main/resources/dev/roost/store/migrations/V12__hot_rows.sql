-- A lease changes no column that an index of grants holds or asks about, and a rotation changes fewer indexes: PostgreSQL
-- writes a row into each of them with every change of an indexed column. What is under way is found among what is due.
DROP INDEX grants_sent;
DROP INDEX grants_under_way;
-- Counted by grants_by_expiry.
DROP INDEX grants_figures;
-- Active accounts are listed by grants_due, and those with an unanswered send by this.
DROP INDEX grants_by_due;
CREATE INDEX grants_by_retry ON grants (client_id, due_at, account_id, name_key) WHERE standing = 1;

-- Room for new versions of a row beside the old one; and old ones are cleared away before there are many.
${postgres}ALTER TABLE grants SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
${postgres}ALTER TABLE event_heads SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
