-- What providers' own meters were told.
CREATE TABLE usage_report (
  tenant_id uuid NOT NULL,
  gateway text NOT NULL,
  meter text NOT NULL,
  month timestamptz(3) NOT NULL,
  total double precision NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT usage_report_pkey PRIMARY KEY (tenant_id, gateway, meter, month),
  CONSTRAINT usage_report_gateway_listed CHECK (gateway IN ('stripe', 'paypal')),
  CONSTRAINT usage_report_meter_listed CHECK (meter IN ('api_calls'))
);
ALTER TABLE usage_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_report FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON usage_report
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON usage_report TO nz_app;
