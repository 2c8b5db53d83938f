-- Row-level security, forced, on every table that belongs to a tenant. The tenant of a transaction
-- is the setting app.tenant_id, which ends with the transaction; without it no row is seen.

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'tenant_asset', 'outbox', 'audit_event', 'entitlement', 'entitlement_grant', 'billing_customer',
    'subscription', 'invoice', 'meter', 'usage_event', 'usage_rollup', 'usage_period', 'usage_stream',
    'api_key', 'strategy', 'strategy_version', 'backtest', 'backtest_series'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
       WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
  END LOOP;

  -- Market data: a tenant writes its own and also reads what the platform bundles for everybody,
  -- kept under a tenant id that is nobody's.
  FOREACH t IN ARRAY ARRAY['instrument', 'bar_series', 'bar_chunk'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
       WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
    EXECUTE format(
      'CREATE POLICY platform_readable ON %I FOR SELECT USING (
         tenant_id = ''00000000-0000-7000-8000-000000000000''
         AND nullif(current_setting(''app.tenant_id'', true), '''') IS NOT NULL)', t);
  END LOOP;

  FOREACH t IN ARRAY ARRAY[
    'tenant', 'membership', 'user', 'credential', 'session', 'one_time_code', 'idempotency_record',
    'webhook_inbox', 'metering_flush', 'rate_bucket', 'plan_version'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

-- A tenant sees itself; a person also sees the tenants they belong to.
CREATE POLICY tenant_itself ON tenant
  USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
CREATE POLICY tenant_of_member ON tenant FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM membership m
    WHERE m.tenant_id = tenant.id AND m.status = 'active'
      AND m.user_id = nullif(current_setting('app.user_id', true), '')::uuid));

CREATE POLICY tenant_isolation ON membership
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
CREATE POLICY own_memberships ON membership FOR SELECT
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

CREATE POLICY oneself ON "user"
  USING (id = nullif(current_setting('app.user_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.user_id', true), '')::uuid);
CREATE POLICY fellow_members ON "user" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM membership m
    WHERE m.user_id = "user".id
      AND m.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid));

CREATE POLICY oneself ON credential
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

CREATE POLICY oneself ON session
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

-- Codes are written by whoever issues them and redeemed through door.redeem_code alone.
CREATE POLICY issued_by_oneself ON one_time_code
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid
      OR tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid
      OR tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);

CREATE POLICY same_caller ON idempotency_record
  USING (tenant_id IS NOT DISTINCT FROM nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id IS NOT DISTINCT FROM nullif(current_setting('app.tenant_id', true), '')::uuid);

-- The catalogue is public.
CREATE POLICY published ON plan_version FOR SELECT USING (true);

-- Events of the platform itself (a sign-in, say) have no tenant; nobody but the relay reads them.
DROP POLICY tenant_isolation ON outbox;
CREATE POLICY tenant_isolation ON outbox
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id IS NOT DISTINCT FROM nullif(current_setting('app.tenant_id', true), '')::uuid);

-- Rights. A role without a right needs no policy to be refused.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  tenant_asset, entitlement, entitlement_grant, billing_customer, subscription, invoice, meter,
  api_key, idempotency_record, instrument, bar_series, bar_chunk, strategy, strategy_version,
  backtest, backtest_series, membership, session, one_time_code
  TO nz_app;
GRANT SELECT, INSERT, UPDATE ON tenant, "user", credential, usage_rollup, usage_period TO nz_app;
GRANT SELECT, INSERT ON audit_event, outbox, usage_event TO nz_app;
GRANT SELECT ON usage_stream, plan_version TO nz_app;
GRANT USAGE ON SEQUENCE outbox_id_seq TO nz_app, nz_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nz_system, nz_definer;
REVOKE UPDATE, DELETE ON audit_event FROM nz_system, nz_definer;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nz_system;

-- What the hot path and the relay look for.
CREATE UNIQUE INDEX api_key_secret_hash ON api_key (secret_hash);
CREATE UNIQUE INDEX user_email_lower ON "user" (lower(email));
CREATE INDEX outbox_waiting ON outbox (id) WHERE relayed_at IS NULL;
CREATE INDEX usage_period_dirty ON usage_period (tenant_id) WHERE dirty;
CREATE UNIQUE INDEX subscription_one_live ON subscription (tenant_id)
  WHERE status IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'unpaid');
CREATE INDEX billing_customer_lookup ON billing_customer (gateway, customer_id);
ALTER TABLE rate_bucket SET UNLOGGED;
