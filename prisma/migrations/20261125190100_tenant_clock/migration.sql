-- The time of sandbox tenants.
CREATE TABLE tenant_clock (
  tenant_id uuid NOT NULL,
  gateway text NOT NULL,
  clock_id text NOT NULL,
  at timestamptz(3) NOT NULL,
  target timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  moved_at timestamptz(3) NOT NULL,
  CONSTRAINT tenant_clock_pkey PRIMARY KEY (tenant_id),
  CONSTRAINT tenant_clock_gateway_listed CHECK (gateway IN ('stripe', 'paypal')),
  CONSTRAINT tenant_clock_moves_on CHECK (target > at)
);

ALTER TABLE tenant_clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_clock FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant_clock
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON tenant_clock TO nz_app;
GRANT SELECT ON tenant_clock TO nz_definer;

SET ROLE nz_definer;

-- Which tenants are sandboxes; asked before any tenant is bound, and kept by the process for a moment.
CREATE FUNCTION door.sandbox_tenants()
RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT tenant_id FROM tenant_clock
$$;

-- What time it is in one of them; null elsewhere.
CREATE FUNCTION door.time_in_tenant(p_tenant uuid)
RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT at FROM tenant_clock WHERE tenant_id = p_tenant
$$;

GRANT EXECUTE ON FUNCTION door.sandbox_tenants(), door.time_in_tenant(uuid) TO nz_app;
SET ROLE nz_owner;
