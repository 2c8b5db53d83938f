-- Who a tenant's invoices are made out to. Each provider's customer is told; what was told last stands with it.
CREATE TABLE billing_details (
  tenant_id uuid NOT NULL,
  company_name text,
  address jsonb,
  tax_ids jsonb NOT NULL,
  revision integer NOT NULL,
  -- What there was before a revision that some provider hasn't taken yet; it comes back when one refuses.
  before jsonb,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT billing_details_pkey PRIMARY KEY (tenant_id),
  CONSTRAINT billing_details_revision_positive CHECK (revision > 0)
);
ALTER TABLE billing_customer ADD COLUMN buyer_revision integer NOT NULL DEFAULT 0;

ALTER TABLE billing_details ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing_details FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing_details
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON billing_details TO nz_app;
