-- Only the rotation of keys counts by it, and every rotation of tokens wrote into it.
DROP INDEX grants_key;

-- Accounts are never deleted, and who appends an entry has read its account before: the check found nothing and cost a third of
-- the insert.
${postgres}ALTER TABLE events DROP CONSTRAINT events_account_id_fkey;
