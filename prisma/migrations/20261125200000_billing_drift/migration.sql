-- Differences between us and a payment provider, as they were last seen: one row a subscription or invoice.
CREATE TABLE billing_drift (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid,
  invoice_id uuid,
  fields jsonb NOT NULL,
  found_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  CONSTRAINT billing_drift_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT billing_drift_is_of_one_thing CHECK (num_nonnulls(subscription_id, invoice_id) = 1),
  CONSTRAINT billing_drift_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id)
    REFERENCES subscription (tenant_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT billing_drift_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id)
    REFERENCES invoice (tenant_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX billing_drift_tenant_id_subscription_id_key ON billing_drift (tenant_id, subscription_id);
CREATE UNIQUE INDEX billing_drift_tenant_id_invoice_id_key ON billing_drift (tenant_id, invoice_id);
-- The console's list, newest first.
CREATE INDEX billing_drift_by_id ON billing_drift (id) WHERE accepted_at IS NULL;

ALTER TABLE billing_drift ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing_drift FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing_drift
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON billing_drift TO nz_app;
