-- An Idempotency-Key remembers what its request has committed so far: each writing transaction adds
-- its result to the record as it commits, so that effect and remembrance are never apart.
ALTER TABLE idempotency_record ADD COLUMN steps bytea[] NOT NULL DEFAULT '{}';

SET ROLE nz_definer;

DROP FUNCTION door.begin_idempotent(text, uuid, text, uuid, timestamptz, timestamptz, timestamptz);
DROP FUNCTION door.complete_idempotent(text, uuid, int, jsonb, bytea);
DROP FUNCTION door.abandon_idempotent(text, uuid);

-- Claims an Idempotency-Key. `fresh`: the caller does the work and holds the key until p_locked_until
-- (renewed while it works); p_steps is what a run that was cut short had committed, to go on from.
CREATE FUNCTION door.begin_idempotent(p_scope text, p_tenant uuid, p_request text, p_claim uuid,
                                      p_now timestamptz, p_locked_until timestamptz, p_oldest timestamptz)
RETURNS TABLE (outcome text, status int, headers jsonb, body bytea, steps bytea[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  r idempotency_record%ROWTYPE;
BEGIN
  INSERT INTO idempotency_record AS i (scope, tenant_id, request_hash, state, claim, locked_until, created_at)
  VALUES (p_scope, p_tenant, p_request, 'running', p_claim, p_locked_until, p_now)
  ON CONFLICT (scope) DO UPDATE
    SET request_hash = excluded.request_hash, state = 'running', claim = excluded.claim, status = NULL,
        headers = NULL, body = NULL, locked_until = excluded.locked_until,
        -- Its 24 hours began with the first run.
        created_at = CASE WHEN i.created_at <= p_oldest THEN excluded.created_at ELSE i.created_at END,
        steps = CASE WHEN i.created_at <= p_oldest THEN '{}' ELSE i.steps END
    WHERE i.created_at <= p_oldest
       OR (i.state = 'running' AND i.locked_until <= p_now AND i.request_hash = excluded.request_hash)
  RETURNING i.* INTO r;
  IF FOUND THEN
    RETURN QUERY SELECT 'fresh', NULL::int, NULL::jsonb, NULL::bytea, r.steps;
    RETURN;
  END IF;
  SELECT * INTO r FROM idempotency_record WHERE scope = p_scope AND tenant_id IS NOT DISTINCT FROM p_tenant;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[];
  ELSIF r.request_hash <> p_request THEN
    RETURN QUERY SELECT 'mismatch', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[];
  ELSIF r.state = 'running' THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[];
  ELSE
    RETURN QUERY SELECT 'replay', r.status, r.headers, r.body, NULL::bytea[];
  END IF;
END $$;

-- The last statement of a transaction under a claim. `read`: nothing was written, so nothing needs
-- remembering yet; `kept`: the result commits with the effect; `lost`: somebody else holds the claim, and the
-- transaction must not commit. The row stays locked until the end: whoever takes over then sees the step.
CREATE FUNCTION door.keep_step(p_scope text, p_claim uuid, p_step bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF pg_current_xact_id_if_assigned() IS NULL THEN RETURN 'read'; END IF;
  UPDATE idempotency_record SET steps = array_append(steps, p_step)
  WHERE scope = p_scope AND claim = p_claim AND state = 'running';
  RETURN CASE WHEN FOUND THEN 'kept' ELSE 'lost' END;
END $$;

CREATE FUNCTION door.complete_idempotent(p_scope text, p_claim uuid, p_status int, p_headers jsonb, p_body bytea)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE idempotency_record
  SET state = 'done', status = p_status, headers = p_headers, body = p_body, steps = '{}'
  WHERE scope = p_scope AND claim = p_claim
$$;

-- Lets go without an answer. What had no effect is forgotten; what had some is there to be gone on with.
CREATE FUNCTION door.release_idempotent(p_scope text, p_claim uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM idempotency_record WHERE scope = p_scope AND claim = p_claim AND steps = '{}';
  UPDATE idempotency_record SET locked_until = '-infinity' WHERE scope = p_scope AND claim = p_claim;
END $$;

GRANT EXECUTE ON FUNCTION
  door.begin_idempotent(text, uuid, text, uuid, timestamptz, timestamptz, timestamptz),
  door.keep_step(text, uuid, bytea),
  door.complete_idempotent(text, uuid, int, jsonb, bytea),
  door.release_idempotent(text, uuid)
  TO nz_app, nz_system;
SET ROLE nz_owner;
