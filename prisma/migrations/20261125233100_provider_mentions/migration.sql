-- Where to look for what a provider doesn't list: refunds and disputes of which its events spoke.

CREATE TABLE provider_mention (
  tenant_id uuid NOT NULL,
  gateway text NOT NULL,
  kind text NOT NULL,
  provider_id text NOT NULL,
  mentioned_at timestamptz(3) NOT NULL,
  CONSTRAINT provider_mention_pkey PRIMARY KEY (tenant_id, gateway, kind, provider_id),
  CONSTRAINT provider_mention_tenant_id_gateway_fkey
    FOREIGN KEY (tenant_id, gateway) REFERENCES billing_customer (tenant_id, gateway) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT provider_mention_gateway_listed CHECK (gateway IN ('stripe', 'paypal')),
  CONSTRAINT provider_mention_kind_listed CHECK (kind IN ('refund', 'dispute'))
);

ALTER TABLE provider_mention ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_mention FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON provider_mention
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT ON provider_mention TO nz_app;
