-- What is overdue where the provider keeps no invoices: the amount with its subscription, and notices about it.
ALTER TABLE subscription ADD COLUMN owed jsonb;

ALTER TABLE dunning_notice ADD COLUMN about text;
ALTER TABLE dunning_notice NO FORCE ROW LEVEL SECURITY;
UPDATE dunning_notice SET about = invoice_id::text;
ALTER TABLE dunning_notice FORCE ROW LEVEL SECURITY;
ALTER TABLE dunning_notice
  DROP CONSTRAINT dunning_notice_pkey,
  ALTER COLUMN about SET NOT NULL,
  ALTER COLUMN invoice_id DROP NOT NULL,
  ADD CONSTRAINT dunning_notice_pkey PRIMARY KEY (tenant_id, subscription_id, about, notice),
  ADD CONSTRAINT dunning_notice_about_its_invoice CHECK (invoice_id IS NULL OR about = invoice_id::text);
