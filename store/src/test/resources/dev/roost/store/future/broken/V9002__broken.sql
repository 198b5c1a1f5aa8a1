-- A release of the future that takes away what older programs use, and says so.
ALTER TABLE accounts DROP COLUMN issued_at;
UPDATE meta SET value = '9001' WHERE name = 'readable_from';
