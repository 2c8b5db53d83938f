-- Metering: one arbiter for rate limits, quotas and counts, reached by group commit.

-- What a `unique` meter has already counted in a month.
CREATE TABLE usage_subject (
  tenant_id    uuid NOT NULL,
  meter        text NOT NULL,
  period_start timestamptz(3) NOT NULL,
  subject      text NOT NULL,
  PRIMARY KEY (tenant_id, meter, period_start, subject)
);

-- Whose claim a running record is, so that one that was taken over can't be completed by the first.
ALTER TABLE idempotency_record ADD COLUMN claim uuid;

-- The last number given in each of a tenant's streams. Kept apart from the messages, so that
-- clearing old ones never gives a number twice.
CREATE TABLE stream_position (
  tenant_id uuid NOT NULL,
  stream    text NOT NULL,
  seq       bigint NOT NULL,
  PRIMARY KEY (tenant_id, stream)
);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['usage_subject', 'stream_position'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
       WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON usage_subject TO nz_app;
GRANT SELECT ON stream_position TO nz_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_subject, stream_position TO nz_system, nz_definer;

SET ROLE nz_definer;

-- Locks token buckets, making the missing ones full. Both steps go in the order of the keys, and
-- nothing else is locked before them, so that concurrent flushes can't wait for each other in a ring.
CREATE FUNCTION door.lock_buckets(p_keys text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM unnest(p_keys) k WHERE NOT EXISTS (SELECT FROM rate_bucket b WHERE b.key = k)) THEN
    INSERT INTO rate_bucket (key, tokens, updated_at)
    SELECT DISTINCT k, 'infinity'::float8, clock_timestamp() FROM unnest(p_keys) k ORDER BY k
    ON CONFLICT (key) DO NOTHING;
  END IF;
  PERFORM FROM rate_bucket WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
END $$;

-- Decides a flush of calls, in order, and counts those let in: token bucket, then the month's quota.
-- One element of the arrays is a run of p_count like calls of one bucket. p_capacity and p_rate are
-- null where the tenant's entitlement gives them; there, null is unlimited, and a tenant without a
-- row has the smallest rate and no quota. A repeated flush (its
-- connection was lost before the answer came) gets the first answer again and counts nothing.
-- Time of buckets is the database's, because instances' clocks differ; hours are the callers'.
CREATE FUNCTION door.admit(
  p_flush uuid, p_tenant uuid[], p_bucket text[], p_capacity float8[], p_rate float8[],
  p_metered boolean[], p_exempt boolean[], p_hour timestamptz[], p_dimension text[], p_count int[],
  p_used_keys uuid[])
RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_result json;
  v_now timestamptz;
  v_any_metered boolean := true = ANY (p_metered);
BEGIN
  IF v_any_metered THEN
    SELECT result INTO v_result FROM metering_flush WHERE id = p_flush;
    IF FOUND THEN RETURN v_result; END IF;
  END IF;
  PERFORM door.lock_buckets(p_bucket);
  v_now := clock_timestamp();

  WITH run AS (
    SELECT c.*, date_trunc('month', c.hour, 'UTC') AS month,
           CASE WHEN c.rate IS NOT NULL THEN c.capacity
                WHEN e.tenant_id IS NULL THEN 20
                WHEN e.rate IS NULL THEN NULL
                ELSE coalesce(e.burst, e.rate) END::float8 AS cap,
           CASE WHEN c.rate IS NOT NULL THEN c.rate
                WHEN e.tenant_id IS NULL THEN 5
                ELSE e.rate END::float8 AS refill,
           CASE WHEN e.tenant_id IS NULL THEN 0 ELSE e.api_calls_limit END AS quota
    FROM unnest(p_tenant, p_bucket, p_capacity, p_rate, p_metered, p_exempt, p_hour, p_dimension, p_count)
      WITH ORDINALITY AS c(tenant, bucket, capacity, rate, metered, exempt, hour, dimension, n, ord)
    LEFT JOIN entitlement e ON e.tenant_id = c.tenant
  ), level AS (
    SELECT r.*,
           least(r.cap, b.tokens + greatest(0, extract(epoch FROM v_now - b.updated_at)::float8) * r.refill) AS tokens,
           coalesce(sum(r.n) OVER (PARTITION BY r.bucket ORDER BY r.ord
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead,
           coalesce(p.used, 0) AS used
    FROM run r
    JOIN rate_bucket b ON b.key = r.bucket
    LEFT JOIN usage_period p
      ON r.metered AND p.tenant_id = r.tenant AND p.meter = 'api_calls' AND p.period_start = r.month
  ), rated AS (
    SELECT *, CASE WHEN cap IS NULL THEN n ELSE greatest(0, least(n, floor(tokens) - ahead))::int END AS passed
    FROM level
  ), counted AS (
    -- Once a call was refused for the quota nothing that isn't exempt gets in after it, so counting
    -- the refused ones among those ahead changes nothing.
    SELECT *, used + coalesce(sum(passed) FILTER (WHERE metered) OVER (PARTITION BY tenant, month ORDER BY ord
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS used_ahead
    FROM rated
  ), decided AS (
    SELECT *, CASE WHEN NOT metered OR exempt OR quota IS NULL THEN passed
                   ELSE greatest(0, least(passed, quota - used_ahead))::int END AS admitted
    FROM counted
  ), buckets AS (
    UPDATE rate_bucket b SET tokens = d.tokens - d.passed, updated_at = v_now
    FROM (SELECT bucket, coalesce(max(tokens), 'infinity') AS tokens, sum(passed) AS passed
          FROM decided GROUP BY bucket) d
    WHERE b.key = d.bucket
  ), periods AS (
    INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at, dirty)
    SELECT tenant, 'api_calls', month, sum(admitted), v_now, true
    FROM decided WHERE metered GROUP BY tenant, month HAVING sum(admitted) > 0
    ORDER BY tenant, month
    ON CONFLICT (tenant_id, meter, period_start) DO UPDATE
      SET used = usage_period.used + excluded.used, updated_at = excluded.updated_at, dirty = true
  ), rollups AS (
    INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
    SELECT tenant, 'api_calls', hour, dimension, sum(admitted), sum(admitted), 1, 1, v_now
    FROM decided WHERE metered GROUP BY tenant, hour, dimension HAVING sum(admitted) > 0
    ORDER BY tenant, hour, dimension
    ON CONFLICT (tenant_id, meter, hour, dimension) DO UPDATE
      SET count = usage_rollup.count + excluded.count, sum = usage_rollup.sum + excluded.sum,
          last_at = excluded.last_at
  )
  SELECT json_agg(json_build_object(
           'passed', passed, 'admitted', admitted, 'capacity', cap, 'rate', refill,
           'tokens', CASE WHEN cap IS NULL THEN NULL ELSE greatest(0, tokens - ahead) END,
           'used', used, 'quota', quota) ORDER BY ord)
  INTO v_result FROM decided;

  IF cardinality(p_used_keys) > 0 THEN
    UPDATE api_key SET last_used_at = v_now
    FROM (SELECT k.tenant_id, k.id FROM api_key k JOIN unnest(p_used_keys) u ON u = k.id
          ORDER BY k.tenant_id, k.id FOR NO KEY UPDATE OF k SKIP LOCKED) u
    WHERE api_key.tenant_id = u.tenant_id AND api_key.id = u.id;
  END IF;
  IF v_any_metered THEN
    INSERT INTO metering_flush (id, result, created_at) VALUES (p_flush, v_result, v_now);
  END IF;
  RETURN v_result;
END $$;

-- Takes back calls that were let in but ended in a fault of ours. Same order of locks as door.admit.
CREATE FUNCTION door.refund(p_flush uuid, p_tenant uuid[], p_hour timestamptz[], p_dimension text[], p_count int[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_now timestamptz;
BEGIN
  IF EXISTS (SELECT FROM metering_flush WHERE id = p_flush) THEN RETURN; END IF;
  PERFORM door.lock_buckets((SELECT array_agg('tenant ' || t) FROM unnest(p_tenant) t));
  v_now := clock_timestamp();
  UPDATE usage_period p SET used = greatest(0, p.used - r.n), updated_at = v_now, dirty = true
  FROM (SELECT tenant, date_trunc('month', hour, 'UTC') AS month, sum(n) AS n
        FROM unnest(p_tenant, p_hour, p_count) AS r(tenant, hour, n) GROUP BY 1, 2) r
  WHERE p.tenant_id = r.tenant AND p.meter = 'api_calls' AND p.period_start = r.month;
  UPDATE usage_rollup u SET count = greatest(0, u.count - r.n), sum = greatest(0, u.sum - r.n)
  FROM (SELECT tenant, hour, dimension, sum(n) AS n
        FROM unnest(p_tenant, p_hour, p_dimension, p_count) AS r(tenant, hour, dimension, n) GROUP BY 1, 2, 3) r
  WHERE u.tenant_id = r.tenant AND u.meter = 'api_calls' AND u.hour = r.hour AND u.dimension = r.dimension;
  INSERT INTO metering_flush (id, result, created_at) VALUES (p_flush, 'null', v_now);
END $$;

-- Claims an Idempotency-Key. `fresh`: the caller does the work and holds the key until p_locked_until
-- (renewed while it works); an expired claim of a process that died is taken over.
CREATE FUNCTION door.begin_idempotent(p_scope text, p_tenant uuid, p_request text, p_claim uuid,
                                      p_now timestamptz, p_locked_until timestamptz, p_oldest timestamptz)
RETURNS TABLE (outcome text, status int, headers jsonb, body bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  r idempotency_record%ROWTYPE;
BEGIN
  INSERT INTO idempotency_record (scope, tenant_id, request_hash, state, claim, locked_until, created_at)
  VALUES (p_scope, p_tenant, p_request, 'running', p_claim, p_locked_until, p_now)
  ON CONFLICT (scope) DO UPDATE
    SET request_hash = excluded.request_hash, state = 'running', claim = excluded.claim, status = NULL,
        headers = NULL, body = NULL, locked_until = excluded.locked_until, created_at = excluded.created_at
    WHERE idempotency_record.created_at <= p_oldest
       OR (idempotency_record.state = 'running' AND idempotency_record.locked_until <= p_now
           AND idempotency_record.request_hash = excluded.request_hash);
  IF FOUND THEN
    RETURN QUERY SELECT 'fresh', NULL::int, NULL::jsonb, NULL::bytea;
    RETURN;
  END IF;
  SELECT * INTO r FROM idempotency_record WHERE scope = p_scope AND tenant_id IS NOT DISTINCT FROM p_tenant;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea;
  ELSIF r.request_hash <> p_request THEN
    RETURN QUERY SELECT 'mismatch', NULL::int, NULL::jsonb, NULL::bytea;
  ELSIF r.state = 'running' THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea;
  ELSE
    RETURN QUERY SELECT 'replay', r.status, r.headers, r.body;
  END IF;
END $$;

-- Only the holder of the claim may keep, complete or give up its record.
CREATE FUNCTION door.keep_idempotent(p_scope text, p_claim uuid, p_locked_until timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE idempotency_record SET locked_until = p_locked_until
  WHERE scope = p_scope AND claim = p_claim AND state = 'running'
$$;

CREATE FUNCTION door.complete_idempotent(p_scope text, p_claim uuid, p_status int, p_headers jsonb, p_body bytea)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE idempotency_record SET state = 'done', status = p_status, headers = p_headers, body = p_body
  WHERE scope = p_scope AND claim = p_claim
$$;

CREATE FUNCTION door.abandon_idempotent(p_scope text, p_claim uuid)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM idempotency_record WHERE scope = p_scope AND claim = p_claim
$$;

GRANT EXECUTE ON FUNCTION
  door.admit(uuid, uuid[], text[], float8[], float8[], boolean[], boolean[], timestamptz[], text[], int[], uuid[]),
  door.refund(uuid, uuid[], timestamptz[], text[], int[]),
  door.begin_idempotent(text, uuid, text, uuid, timestamptz, timestamptz, timestamptz),
  door.keep_idempotent(text, uuid, timestamptz),
  door.complete_idempotent(text, uuid, int, jsonb, bytea),
  door.abandon_idempotent(text, uuid)
  TO nz_app, nz_system;
SET ROLE nz_owner;
