-- For taking deliveries in their order.
CREATE INDEX deliveries_in_order ON deliveries (webhook_id, id) WHERE dead_at IS NULL;
