-- A key may have a limit of its own, below what its tenant's plan allows.
ALTER TABLE api_key ADD COLUMN requests_per_second integer CHECK (requests_per_second > 0);

SET ROLE nz_definer;

DROP FUNCTION door.api_key_by_hash(text, timestamptz);
CREATE FUNCTION door.api_key_by_hash(p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, tenant_id uuid, scopes text[], created_by uuid, role text,
               tenant_status text, expires_at timestamptz, requests_per_second int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.id, k.tenant_id, k.scopes, k.created_by, m.role, t.status, k.expires_at, k.requests_per_second
  FROM api_key k
  JOIN tenant t ON t.id = k.tenant_id AND t.deleted_at IS NULL
  JOIN membership m ON m.tenant_id = k.tenant_id AND m.user_id = k.created_by AND m.status = 'active'
  WHERE k.secret_hash = p_hash AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > p_now)
$$;

DROP FUNCTION door.admit(uuid, uuid[], text[], float8[], float8[], boolean[], boolean[], timestamptz[], text[], int[], uuid[]);

-- Decides a flush of calls, in order, and counts those let in: token bucket, then the month's quota.
-- A call passes the bucket of its key first, where the key has a limit of its own (p_key_bucket, null for
-- none), and draws on the tenant's only then: a key that calls too fast takes nothing from the others.
-- One element of the arrays is a run of p_count like calls of one bucket. p_capacity and p_rate are
-- null where the tenant's entitlement gives them; there, null is unlimited, and a tenant without a
-- row has the smallest rate and no quota. A repeated flush (its
-- connection was lost before the answer came) gets the first answer again and counts nothing.
-- Time of buckets is the database's, because instances' clocks differ; hours are the callers'.
CREATE FUNCTION door.admit(
  p_flush uuid, p_tenant uuid[], p_bucket text[], p_capacity float8[], p_rate float8[],
  p_metered boolean[], p_exempt boolean[], p_hour timestamptz[], p_dimension text[], p_count int[],
  p_used_keys uuid[], p_key_bucket text[], p_key_rate float8[])
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
  PERFORM door.lock_buckets(p_bucket || array_remove(p_key_bucket, NULL));
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
    FROM unnest(p_tenant, p_bucket, p_capacity, p_rate, p_metered, p_exempt, p_hour, p_dimension, p_count,
                p_key_bucket, p_key_rate)
      WITH ORDINALITY AS c(tenant, bucket, capacity, rate, metered, exempt, hour, dimension, n, key, key_rate, ord)
    LEFT JOIN entitlement e ON e.tenant_id = c.tenant
  ), level AS (
    SELECT r.*,
           least(r.cap, b.tokens + greatest(0, extract(epoch FROM v_now - b.updated_at)::float8) * r.refill) AS tokens,
           least(r.key_rate, k.tokens + greatest(0, extract(epoch FROM v_now - k.updated_at)::float8) * r.key_rate)
             AS key_tokens,
           coalesce(sum(r.n) OVER (PARTITION BY r.key ORDER BY r.ord
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS key_ahead,
           coalesce(p.used, 0) AS used
    FROM run r
    JOIN rate_bucket b ON b.key = r.bucket
    LEFT JOIN rate_bucket k ON k.key = r.key
    LEFT JOIN usage_period p
      ON r.metered AND p.tenant_id = r.tenant AND p.meter = 'api_calls' AND p.period_start = r.month
  ), keyed AS (
    SELECT *, CASE WHEN key IS NULL THEN n
                   ELSE greatest(0, least(n, floor(key_tokens) - key_ahead))::int END AS wanted
    FROM level
  ), queued AS (
    SELECT *, coalesce(sum(wanted) OVER (PARTITION BY bucket ORDER BY ord
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead
    FROM keyed
  ), rated AS (
    SELECT *, CASE WHEN cap IS NULL THEN wanted
                   ELSE greatest(0, least(wanted, floor(tokens) - ahead))::int END AS passed
    FROM queued
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
          FROM decided GROUP BY bucket
          UNION ALL
          SELECT key, max(key_tokens), sum(passed) FROM decided WHERE key IS NOT NULL GROUP BY key) d
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
           'key_rate', key_rate, 'key_tokens', greatest(0, key_tokens - key_ahead),
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

GRANT EXECUTE ON FUNCTION
  door.api_key_by_hash(text, timestamptz),
  door.admit(uuid, uuid[], text[], float8[], float8[], boolean[], boolean[], timestamptz[], text[], int[], uuid[], text[], float8[])
  TO nz_app, nz_system;
SET ROLE nz_owner;
