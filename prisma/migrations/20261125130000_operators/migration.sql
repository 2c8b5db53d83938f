-- Operators: people of the platform, apart from every tenant. Requests (nz_app) have no right to any of
-- these tables; the console works as nz_system and writes down each use.

CREATE TABLE "platform_operator" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "password_hash" TEXT NOT NULL,
    "totp_secret" BYTEA,
    "totp_confirmed_at" TIMESTAMPTZ(3),
    "totp_step" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_operator_pkey" PRIMARY KEY ("id"),
    CONSTRAINT platform_operator_role_listed CHECK (role IN ('support', 'finance', 'admin')),
    CONSTRAINT platform_operator_status_listed CHECK (status IN ('active', 'disabled')),
    CONSTRAINT platform_operator_email_is_lower_case CHECK (email = lower(email)),
    CONSTRAINT platform_operator_confirms_a_secret CHECK (totp_confirmed_at IS NULL OR totp_secret IS NOT NULL)
);
CREATE UNIQUE INDEX "platform_operator_email_key" ON "platform_operator"("email");

CREATE TABLE "operator_session" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "mfa_at" TIMESTAMPTZ(3),
    "ip" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "absolute_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_session_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "operator_session_token_hash_key" ON "operator_session"("token_hash");
CREATE INDEX "operator_session_operator_id_idx" ON "operator_session"("operator_id");
ALTER TABLE "operator_session" ADD CONSTRAINT "operator_session_operator_id_fkey"
  FOREIGN KEY ("operator_id") REFERENCES "platform_operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "operator_recovery_code" (
    "operator_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_recovery_code_pkey" PRIMARY KEY ("operator_id","code_hash")
);
ALTER TABLE "operator_recovery_code" ADD CONSTRAINT "operator_recovery_code_operator_id_fkey"
  FOREIGN KEY ("operator_id") REFERENCES "platform_operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "platform_audit_event" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "about_tenant_id" UUID,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_audit_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "platform_audit_event_about_tenant_id_id_idx" ON "platform_audit_event"("about_tenant_id", "id");

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'platform_operator', 'operator_session', 'operator_recovery_code', 'platform_audit_event'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON platform_operator, operator_session, operator_recovery_code TO nz_system;
REVOKE UPDATE, DELETE, TRUNCATE ON platform_audit_event FROM nz_system;
GRANT SELECT, INSERT ON platform_audit_event TO nz_system;
GRANT SELECT ON platform_operator TO nz_definer;
GRANT SELECT, UPDATE ON operator_session TO nz_definer;

-- A suspension by an operator, and the status to give back when it is lifted.
ALTER TABLE tenant ADD COLUMN "held_at" TIMESTAMPTZ(3), ADD COLUMN "held_status" TEXT,
  ADD CONSTRAINT tenant_held_status_listed CHECK (held_status IN ('trial', 'active', 'past_due', 'suspended', 'cancelled')),
  ADD CONSTRAINT tenant_hold_keeps_a_status CHECK ((held_at IS NULL) = (held_status IS NULL));

-- Lists over all tenants, newest first.
CREATE INDEX tenant_by_status ON tenant (status, id);
CREATE INDEX subscription_by_id ON subscription (id);
CREATE INDEX webhook_inbox_by_time ON webhook_inbox (received_at DESC, event_id DESC);

SET ROLE nz_definer;

-- Who signs in at the admin host, and whether they did so from this address since.
CREATE FUNCTION door.operator_for_sign_in(p_email text, p_ip text, p_since timestamptz)
RETURNS TABLE (id uuid, email text, name text, role text, password_hash text, known boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.email, o.name, o.role, o.password_hash,
         EXISTS (SELECT FROM operator_session s
                 WHERE s.operator_id = o.id AND s.ip = p_ip AND s.created_at > p_since)
  FROM platform_operator o WHERE o.email = lower(p_email) AND o.status = 'active'
$$;

-- Whose session at the admin host a token is, and how far they have proved who they are.
CREATE FUNCTION door.operator_by_session(p_hash text, p_now timestamptz)
RETURNS TABLE (session_id uuid, operator_id uuid, email text, name text, role text, enrolled boolean,
               mfa_at timestamptz, last_seen_at timestamptz, absolute_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, o.id, o.email, o.name, o.role, o.totp_confirmed_at IS NOT NULL,
         s.mfa_at, s.last_seen_at, s.absolute_expires_at
  FROM operator_session s JOIN platform_operator o ON o.id = s.operator_id
  WHERE s.token_hash = p_hash AND s.revoked_at IS NULL AND s.expires_at > p_now
    AND s.absolute_expires_at > p_now AND o.status = 'active'
$$;

-- Use keeps a session alive, up to its absolute end.
CREATE FUNCTION door.touch_operator_session(p_id uuid, p_now timestamptz, p_expires timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE operator_session
  SET last_seen_at = greatest(last_seen_at, p_now),
      expires_at = least(greatest(expires_at, p_expires), absolute_expires_at)
  WHERE id = p_id AND revoked_at IS NULL
$$;

GRANT EXECUTE ON FUNCTION door.operator_for_sign_in(text, text, timestamptz),
  door.operator_by_session(text, timestamptz),
  door.touch_operator_session(uuid, timestamptz, timestamptz) TO nz_app;
SET ROLE nz_owner;
