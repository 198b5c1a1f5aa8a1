-- Only the rotation of keys counts by it, and every rotation of tokens wrote into it.
DROP INDEX grants_key;
