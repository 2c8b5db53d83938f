-- What a checkout was asked for, so that it can be opened again; the card on file, as people see it.
ALTER TABLE subscription
  ADD COLUMN coupon text,
  ADD COLUMN success_url text,
  ADD COLUMN cancel_url text,
  ADD COLUMN card jsonb;

-- Counts what was written from the provider's state: whoever read that state before another wrote a
-- newer one sees the number differ, and reads again instead of writing what is old.
ALTER TABLE billing_customer
  ADD COLUMN revision integer NOT NULL DEFAULT 0,
  ADD COLUMN synced_at timestamptz(3);

-- Webhooks that no job has dealt with yet.
CREATE INDEX webhook_inbox_waiting ON webhook_inbox (received_at) WHERE processed_at IS NULL;
