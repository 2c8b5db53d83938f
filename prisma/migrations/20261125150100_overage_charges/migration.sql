-- Months that were closed, and what they cost.
CREATE TABLE overage_charge (
  tenant_id uuid NOT NULL,
  meter text NOT NULL,
  month timestamptz(3) NOT NULL,
  revision integer NOT NULL,
  subscription_id uuid,
  standing text NOT NULL,
  mode text NOT NULL,
  budget bigint,
  units double precision NOT NULL,
  used_until timestamptz(3) NOT NULL,
  included bigint,
  cents_per_thousand integer NOT NULL,
  uncapped bigint NOT NULL,
  billed_before bigint NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  provider_line_id text,
  settled_at timestamptz(3),
  CONSTRAINT overage_charge_pkey PRIMARY KEY (tenant_id, meter, month, revision),
  CONSTRAINT overage_charge_tenant_id_subscription_id_fkey
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT overage_charge_meter_listed CHECK (meter IN ('api_calls')),
  CONSTRAINT overage_charge_mode_listed CHECK (mode IN ('off', 'on', 'budget')),
  CONSTRAINT overage_charge_standing_listed CHECK (standing IN ('running', 'ended', 'trial', 'paused', 'none'))
);
CREATE INDEX overage_charge_tenant_id_subscription_id_idx ON overage_charge (tenant_id, subscription_id);
CREATE INDEX overage_charge_unsettled ON overage_charge (tenant_id) WHERE settled_at IS NULL AND amount <> 0;

ALTER TABLE overage_charge ENABLE ROW LEVEL SECURITY;
ALTER TABLE overage_charge FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON overage_charge
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE (provider_line_id, settled_at) ON overage_charge TO nz_app;
REVOKE UPDATE, DELETE ON overage_charge FROM nz_system, nz_definer;
