-- Which ends of trials were told by mail: each once, however often somebody looks.
CREATE TABLE trial_notice (
  tenant_id uuid NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT trial_notice_pkey PRIMARY KEY (tenant_id, ends_at)
);
ALTER TABLE trial_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE trial_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON trial_notice
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON trial_notice TO nz_app;
REVOKE UPDATE, DELETE ON trial_notice FROM nz_system, nz_definer;
