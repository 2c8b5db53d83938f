-- Counts that don't have to be decided before anything happens: gathered and added together.

SET ROLE nz_definer;

-- Adds amounts to platform meters across tenants. An element with a subject counts one in its month, the
-- first time only. A flush that is repeated, because its connection was lost before the answer came, adds
-- nothing; null for amounts that are part of a larger transaction. Locks in the order of every writer of
-- usage: months, then hours, each by tenant and meter.
CREATE FUNCTION door.add_usage(p_flush uuid, p_tenant uuid[], p_meter text[], p_hour timestamptz[],
                               p_count bigint[], p_value float8[], p_subject text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  IF p_flush IS NOT NULL AND EXISTS (SELECT FROM metering_flush WHERE id = p_flush) THEN RETURN; END IF;

  WITH item AS (
    SELECT *, date_trunc('month', hour, 'UTC') AS month
    FROM unnest(p_tenant, p_meter, p_hour, p_count, p_value, p_subject) AS i(tenant, meter, hour, n, value, subject)
  ), fresh AS (
    INSERT INTO usage_subject (tenant_id, meter, period_start, subject)
    SELECT DISTINCT tenant, meter, month, subject FROM item WHERE subject IS NOT NULL ORDER BY 1, 2, 3, 4
    ON CONFLICT DO NOTHING RETURNING tenant_id, meter, period_start, subject
  ), amount AS (
    SELECT tenant, meter, month, hour, n, value FROM item WHERE subject IS NULL
    UNION ALL
    SELECT f.tenant_id, f.meter, f.period_start, min(i.hour), 1, 1
    FROM fresh f JOIN item i ON i.tenant = f.tenant_id AND i.meter = f.meter AND i.month = f.period_start
                            AND i.subject = f.subject
    GROUP BY f.tenant_id, f.meter, f.period_start, f.subject
  ), periods AS (
    INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at, dirty)
    SELECT tenant, meter, month, sum(value), v_now, true FROM amount GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (tenant_id, meter, period_start) DO UPDATE
      SET used = usage_period.used + excluded.used, updated_at = excluded.updated_at, dirty = true
  )
  INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
  SELECT tenant, meter, hour, '', sum(n), sum(value), max(value), max(value), v_now
  FROM amount GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (tenant_id, meter, hour, dimension) DO UPDATE
    SET count = usage_rollup.count + excluded.count, sum = usage_rollup.sum + excluded.sum,
        max = greatest(usage_rollup.max, excluded.max), last = excluded.last, last_at = excluded.last_at;

  IF p_flush IS NOT NULL THEN
    INSERT INTO metering_flush (id, result, created_at) VALUES (p_flush, 'null', v_now);
  END IF;
END $$;

GRANT EXECUTE ON FUNCTION
  door.add_usage(uuid, uuid[], text[], timestamptz[], bigint[], float8[], text[]) TO nz_app, nz_system;
SET ROLE nz_owner;
