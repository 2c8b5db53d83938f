-- An overdue payment: since when, what was mailed about it, and why rights don't run.
ALTER TABLE subscription ADD COLUMN past_due_since timestamptz(3);

ALTER TABLE entitlement ADD COLUMN lapse text,
  ADD CONSTRAINT entitlement_lapse_listed CHECK (lapse IN ('ended', 'paused', 'payment_overdue'));

CREATE TABLE dunning_notice (
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  notice text NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT dunning_notice_pkey PRIMARY KEY (tenant_id, subscription_id, invoice_id, notice),
  CONSTRAINT dunning_notice_tenant_id_subscription_id_fkey
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT dunning_notice_tenant_id_invoice_id_fkey
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT dunning_notice_notice_listed
    CHECK (notice IN ('payment_failed', 'reminder', 'last_call', 'read_only', 'suspended'))
);
CREATE INDEX dunning_notice_tenant_id_invoice_id_idx ON dunning_notice (tenant_id, invoice_id);

ALTER TABLE dunning_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE dunning_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON dunning_notice
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON dunning_notice TO nz_app;
REVOKE UPDATE, DELETE ON dunning_notice FROM nz_system, nz_definer;

-- What is overdue already begins its count today: nobody is suspended by a release.
ALTER TABLE subscription NO FORCE ROW LEVEL SECURITY;
UPDATE subscription SET past_due_since = now() WHERE status IN ('past_due', 'unpaid');
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;
