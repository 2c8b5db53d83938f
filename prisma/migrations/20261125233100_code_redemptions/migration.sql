-- Codes that a tenant has redeemed: each is good once for it, for ever.
CREATE TABLE code_redemption (
  tenant_id uuid NOT NULL,
  gateway text NOT NULL,
  -- What the gateway calls the discount behind the code.
  key text NOT NULL,
  subscription_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT code_redemption_pkey PRIMARY KEY (tenant_id, gateway, key),
  CONSTRAINT code_redemption_tenant_id_subscription_id_fkey
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT code_redemption_gateway_listed CHECK (gateway IN ('stripe', 'paypal'))
);
CREATE INDEX code_redemption_tenant_id_subscription_id_idx ON code_redemption (tenant_id, subscription_id);

ALTER TABLE code_redemption ENABLE ROW LEVEL SECURITY;
ALTER TABLE code_redemption FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON code_redemption
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON code_redemption TO nz_app;

-- What subscriptions have, or had when they ended, was redeemed.
ALTER TABLE subscription NO FORCE ROW LEVEL SECURITY;
ALTER TABLE code_redemption NO FORCE ROW LEVEL SECURITY;
INSERT INTO code_redemption (tenant_id, gateway, key, subscription_id, at)
SELECT DISTINCT ON (s.tenant_id, s.gateway, given.discount ->> 'key')
  s.tenant_id, s.gateway, given.discount ->> 'key', s.id, s.updated_at
FROM subscription s, LATERAL (VALUES (s.discount), (s.wish_discount)) given (discount)
WHERE given.discount ->> 'code' IS NOT NULL
ORDER BY s.tenant_id, s.gateway, given.discount ->> 'key', s.id;
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;
ALTER TABLE code_redemption FORCE ROW LEVEL SECURITY;
