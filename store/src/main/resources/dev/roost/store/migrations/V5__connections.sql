-- What a program that asked for a sign-in said of it; null where a person at the terminal asked.
ALTER TABLE sign_ins ADD COLUMN label TEXT;
-- Where the person goes afterwards.
ALTER TABLE sign_ins ADD COLUMN return_url TEXT;
-- The id of the API key that asked for it.
ALTER TABLE sign_ins ADD COLUMN api_key TEXT;
