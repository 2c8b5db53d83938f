-- The way in before a tenant is known: narrow functions that see across tenants, each returning
-- only what its caller needs. Owned by nz_definer, which can't log in; search_path pinned.
CREATE SCHEMA door AUTHORIZATION nz_definer;
SET ROLE nz_definer;
GRANT USAGE ON SCHEMA door TO nz_app, nz_system;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Host and path to tenant. Branding is what a sign-in page shows to anybody.
CREATE FUNCTION door.tenant_by_slug(p_slug text)
RETURNS TABLE (id uuid, slug text, name text, status text, branding jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id, slug, name, status, branding FROM tenant WHERE slug = p_slug AND deleted_at IS NULL
$$;

-- Which of these slugs are taken, themselves or by a look-alike.
CREATE FUNCTION door.taken_slugs(p_slugs text[], p_skeletons text[])
RETURNS TABLE (slug text, skeleton text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT slug, skeleton FROM tenant WHERE slug = ANY (p_slugs) OR skeleton = ANY (p_skeletons)
$$;

-- A logo is public, but only by its unguessable id.
CREATE FUNCTION door.tenant_asset(p_tenant uuid, p_id uuid)
RETURNS TABLE (content_type text, sha256 text, bytes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT content_type, sha256, bytes FROM tenant_asset WHERE tenant_id = p_tenant AND id = p_id
$$;

CREATE FUNCTION door.person_for_sign_in(p_email text)
RETURNS TABLE (id uuid, email text, name text, password_hash text, email_verified_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.email, u.name, c.password_hash, u.email_verified_at
  FROM "user" u LEFT JOIN credential c ON c.user_id = u.id
  WHERE lower(u.email) = lower(p_email)
$$;

CREATE FUNCTION door.session_by_token(p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, kind text, email text, name text,
               email_verified_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
               absolute_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, s.user_id, s.tenant_id, s.kind, u.email, u.name, u.email_verified_at,
         s.last_seen_at, s.expires_at, s.absolute_expires_at
  FROM session s JOIN "user" u ON u.id = s.user_id
  WHERE s.token_hash = p_hash AND s.revoked_at IS NULL
    AND s.expires_at > p_now AND s.absolute_expires_at > p_now
$$;

-- A refresh token is good once. A second use shows that it was stolen, so the session ends.
CREATE FUNCTION door.rotate_refresh(p_hash text, p_new_token text, p_new_refresh text,
                                    p_now timestamptz, p_expires timestamptz)
RETURNS TABLE (outcome text, id uuid, user_id uuid, tenant_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  s session%ROWTYPE;
BEGIN
  UPDATE session SET token_hash = p_new_token, refresh_hash = p_new_refresh,
         previous_refresh_hash = p_hash, last_seen_at = p_now,
         expires_at = least(p_expires, absolute_expires_at)
  WHERE refresh_hash = p_hash AND revoked_at IS NULL AND absolute_expires_at > p_now
  RETURNING * INTO s;
  IF FOUND THEN
    RETURN QUERY SELECT 'rotated', s.id, s.user_id, s.tenant_id;
    RETURN;
  END IF;
  UPDATE session SET revoked_at = p_now
  WHERE previous_refresh_hash = p_hash AND revoked_at IS NULL
  RETURNING * INTO s;
  IF FOUND THEN
    RETURN QUERY SELECT 'reused', s.id, s.user_id, s.tenant_id;
  END IF;
END $$;

-- Single use, by conditional update: of a thousand parallel tries one gets the row.
CREATE FUNCTION door.redeem_code(p_purpose text, p_hash text, p_host text, p_now timestamptz)
RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, data jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE one_time_code SET consumed_at = p_now
  WHERE purpose = p_purpose AND code_hash = p_hash AND consumed_at IS NULL AND expires_at > p_now
    AND (host IS NULL OR host = p_host)
  RETURNING id, user_id, tenant_id, data
$$;

-- Looks without redeeming: set-up tokens, which live an hour, and the page before "confirm".
CREATE FUNCTION door.peek_code(p_purpose text, p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, data jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id, user_id, tenant_id, data FROM one_time_code
  WHERE purpose = p_purpose AND code_hash = p_hash AND consumed_at IS NULL AND expires_at > p_now
$$;

-- The credential of a program, with what its creator may: a key never outlives a membership.
CREATE FUNCTION door.api_key_by_hash(p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, tenant_id uuid, scopes text[], created_by uuid, role text,
               tenant_status text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.id, k.tenant_id, k.scopes, k.created_by, m.role, t.status, k.expires_at
  FROM api_key k
  JOIN tenant t ON t.id = k.tenant_id AND t.deleted_at IS NULL
  JOIN membership m ON m.tenant_id = k.tenant_id AND m.user_id = k.created_by AND m.status = 'active'
  WHERE k.secret_hash = p_hash AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > p_now)
$$;

-- True when the event is new. Stored before it is understood.
CREATE FUNCTION door.store_webhook(p_provider text, p_event_id text, p_type text, p_body jsonb, p_now timestamptz)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH stored AS (
    INSERT INTO webhook_inbox (provider, event_id, type, body, received_at)
    VALUES (p_provider, p_event_id, p_type, p_body, p_now)
    ON CONFLICT DO NOTHING RETURNING 1
  ) SELECT EXISTS (SELECT 1 FROM stored)
$$;

-- A job, queued in the transaction of the change that wants it.
CREATE FUNCTION door.enqueue(p_task text, p_payload json, p_key text, p_run_at timestamptz, p_max_attempts int, p_queue text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT graphile_worker.add_job(p_task, p_payload, queue_name => p_queue, run_at => p_run_at,
    max_attempts => p_max_attempts, job_key => p_key)
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA door TO nz_app, nz_system;
SET ROLE nz_owner;
