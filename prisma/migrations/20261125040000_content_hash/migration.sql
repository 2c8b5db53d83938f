-- An upload is streamed, so its content is known at its end only: its hash is kept then, before anything is
-- done with it, and whoever repeats the request is held to it.
ALTER TABLE idempotency_record ADD COLUMN content_hash text;

SET ROLE nz_definer;

DROP FUNCTION door.begin_idempotent(text, uuid, text, uuid, timestamptz, timestamptz, timestamptz);

-- Claims an Idempotency-Key. `fresh`: the caller does the work and holds the key until p_locked_until
-- (renewed while it works); steps is what a run that was cut short had committed, to go on from.
CREATE FUNCTION door.begin_idempotent(p_scope text, p_tenant uuid, p_request text, p_claim uuid,
                                      p_now timestamptz, p_locked_until timestamptz, p_oldest timestamptz)
RETURNS TABLE (outcome text, status int, headers jsonb, body bytea, steps bytea[], content text)
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
        steps = CASE WHEN i.created_at <= p_oldest THEN '{}' ELSE i.steps END,
        content_hash = CASE WHEN i.created_at <= p_oldest THEN NULL ELSE i.content_hash END
    WHERE i.created_at <= p_oldest
       OR (i.state = 'running' AND i.locked_until <= p_now AND i.request_hash = excluded.request_hash)
  RETURNING i.* INTO r;
  IF FOUND THEN
    RETURN QUERY SELECT 'fresh', NULL::int, NULL::jsonb, NULL::bytea, r.steps, NULL::text;
    RETURN;
  END IF;
  SELECT * INTO r FROM idempotency_record WHERE scope = p_scope AND tenant_id IS NOT DISTINCT FROM p_tenant;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[], NULL::text;
  ELSIF r.request_hash <> p_request THEN
    RETURN QUERY SELECT 'mismatch', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[], NULL::text;
  ELSIF r.state = 'running' THEN
    RETURN QUERY SELECT 'in_flight', NULL::int, NULL::jsonb, NULL::bytea, NULL::bytea[], NULL::text;
  ELSE
    RETURN QUERY SELECT 'replay', r.status, r.headers, r.body, NULL::bytea[], r.content_hash;
  END IF;
END $$;

-- Keeps the hash of the content of a request under its claim, the first one given. Answers whether this is it;
-- a claim that was lost is noticed by its next step.
CREATE FUNCTION door.keep_content(p_scope text, p_claim uuid, p_hash text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  kept text;
BEGIN
  UPDATE idempotency_record SET content_hash = coalesce(content_hash, p_hash)
  WHERE scope = p_scope AND claim = p_claim AND state = 'running'
  RETURNING content_hash INTO kept;
  RETURN kept IS NULL OR kept = p_hash;
END $$;

GRANT EXECUTE ON FUNCTION
  door.begin_idempotent(text, uuid, text, uuid, timestamptz, timestamptz, timestamptz),
  door.keep_content(text, uuid, text)
  TO nz_app, nz_system;
SET ROLE nz_owner;
