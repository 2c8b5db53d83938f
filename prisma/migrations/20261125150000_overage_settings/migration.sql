-- What tenants wish of overage, as a history: what counted in a month's last second can be asked for ever.
CREATE TABLE overage_setting (
  tenant_id uuid NOT NULL,
  meter text NOT NULL,
  revision integer NOT NULL,
  mode text NOT NULL,
  budget bigint,
  starts_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT overage_setting_pkey PRIMARY KEY (tenant_id, meter, revision),
  CONSTRAINT overage_setting_meter_listed CHECK (meter IN ('api_calls')),
  CONSTRAINT overage_setting_mode_listed CHECK (mode IN ('off', 'on', 'budget')),
  CONSTRAINT overage_setting_budget_of_its_mode CHECK ((mode = 'budget') = (budget IS NOT NULL)),
  CONSTRAINT overage_setting_budget_not_negative CHECK (budget >= 0)
);

ALTER TABLE overage_setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE overage_setting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON overage_setting
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON overage_setting TO nz_app;
REVOKE UPDATE, DELETE ON overage_setting FROM nz_system, nz_definer;

-- How many API calls of a month are let in beyond the limit; null is any number. It is part of the hot column
-- api_calls_limit, at which the gateway stops, and kept so that plan and grants can be added up anew.
ALTER TABLE entitlement ADD COLUMN api_calls_beyond bigint DEFAULT 0;
