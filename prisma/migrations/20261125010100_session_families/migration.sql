-- A sign-in is a family of sessions: the first one, and those handed over from it to other hosts.

ALTER TABLE "session" ADD COLUMN "family_id" UUID;
ALTER TABLE session NO FORCE ROW LEVEL SECURITY;
UPDATE session SET family_id = id;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
ALTER TABLE "session" ALTER COLUMN "family_id" SET NOT NULL;

SET ROLE nz_definer;

DROP FUNCTION door.session_by_token(text, timestamptz);
CREATE FUNCTION door.session_by_token(p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, family_id uuid, user_id uuid, tenant_id uuid, kind text, email text, name text,
               email_verified_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
               absolute_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, s.family_id, s.user_id, s.tenant_id, s.kind, u.email, u.name, u.email_verified_at,
         s.last_seen_at, s.expires_at, s.absolute_expires_at
  FROM session s JOIN "user" u ON u.id = s.user_id
  WHERE s.token_hash = p_hash AND s.revoked_at IS NULL
    AND s.expires_at > p_now AND s.absolute_expires_at > p_now
$$;

GRANT EXECUTE ON FUNCTION door.session_by_token(text, timestamptz) TO nz_app, nz_system;
SET ROLE nz_owner;
