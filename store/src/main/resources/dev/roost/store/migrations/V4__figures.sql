-- For counting accounts without reading their rows, which are wide.
CREATE INDEX grants_figures ON grants (client_id, state, access_expires_at);
CREATE INDEX grants_sent ON grants (client_id) WHERE sends > 0;
