-- Accounts are never deleted, and who appends an entry has read its account before: the check found nothing and cost a third of
-- the insert. Dropping it locks accounts, too, which others lock before events; so this does.
${postgres}LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE;
${postgres}ALTER TABLE events DROP CONSTRAINT events_account_id_fkey;
