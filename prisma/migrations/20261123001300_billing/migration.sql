-- What a checkout was asked for, so that it can be opened again; the card on file, as people see it.
ALTER TABLE subscription
  ADD COLUMN coupon text,
  ADD COLUMN success_url text,
  ADD COLUMN cancel_url text,
  ADD COLUMN card jsonb;

-- Order among those who read the provider and write what they read. `readings` numbers them as they
-- begin, `revision` counts what was written, `written_reading` says by which reader last.
ALTER TABLE billing_customer
  ADD COLUMN readings integer NOT NULL DEFAULT 0,
  ADD COLUMN written_reading integer NOT NULL DEFAULT 0,
  ADD COLUMN revision integer NOT NULL DEFAULT 0,
  ADD COLUMN synced_at timestamptz(3);

-- Webhooks that no job has dealt with yet.
CREATE INDEX webhook_inbox_waiting ON webhook_inbox (received_at) WHERE processed_at IS NULL;
