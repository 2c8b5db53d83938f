-- Operators are invited: a mailed link, good once and for some days, lets them choose a password of their own. Whoever adds
-- one never sees a secret. The log of the platform also keeps what nobody signed in did: sign-ins that were refused.

ALTER TABLE platform_operator
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false,
  ADD COLUMN last_signed_in_at timestamptz(3),
  DROP CONSTRAINT platform_operator_status_listed,
  ADD CONSTRAINT platform_operator_status_listed CHECK (status IN ('invited', 'active', 'disabled')),
  -- Who was shut out before joining has none either.
  ADD CONSTRAINT platform_operator_joins_by_password
    CHECK (status = 'disabled' OR (status = 'active') = (password_hash IS NOT NULL));

CREATE TABLE operator_invitation (
  id uuid NOT NULL,
  operator_id uuid NOT NULL,
  token_hash text NOT NULL,
  invited_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  withdrawn_at timestamptz(3),
  CONSTRAINT operator_invitation_pkey PRIMARY KEY (id),
  CONSTRAINT operator_invitation_ends_once CHECK (accepted_at IS NULL OR withdrawn_at IS NULL),
  CONSTRAINT operator_invitation_operator_id_fkey
    FOREIGN KEY (operator_id) REFERENCES platform_operator (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT operator_invitation_invited_by_fkey
    FOREIGN KEY (invited_by) REFERENCES platform_operator (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX operator_invitation_token_hash_key ON operator_invitation (token_hash);
CREATE INDEX operator_invitation_operator_id_idx ON operator_invitation (operator_id);
CREATE INDEX operator_invitation_invited_by_idx ON operator_invitation (invited_by);
CREATE UNIQUE INDEX operator_invitation_one_open ON operator_invitation (operator_id)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

ALTER TABLE operator_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE operator_invitation FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON operator_invitation TO nz_system;
REVOKE DELETE, TRUNCATE ON operator_invitation FROM nz_system;
GRANT SELECT ON operator_invitation TO nz_definer;

ALTER TABLE platform_audit_event
  ALTER COLUMN operator_id DROP NOT NULL,
  ALTER COLUMN role DROP NOT NULL,
  ADD CONSTRAINT platform_audit_event_operator_has_a_role CHECK ((operator_id IS NULL) = (role IS NULL));

SET ROLE nz_definer;

-- Whose invitation a mailed link is, and what became of it.
CREATE FUNCTION door.operator_invitation(p_hash text)
RETURNS TABLE (id uuid, operator_id uuid, email text, name text, role text, status text,
               expires_at timestamptz, accepted_at timestamptz, withdrawn_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.id, o.id, o.email, o.name, o.role, o.status, i.expires_at, i.accepted_at, i.withdrawn_at
  FROM operator_invitation i JOIN platform_operator o ON o.id = i.operator_id
  WHERE i.token_hash = p_hash
$$;

-- As before, with whether an administrator asks this operator for a second factor.
DROP FUNCTION door.operator_by_session(text, timestamptz);
CREATE FUNCTION door.operator_by_session(p_hash text, p_now timestamptz)
RETURNS TABLE (session_id uuid, operator_id uuid, email text, name text, role text, enrolled boolean, required boolean,
               mfa_at timestamptz, last_seen_at timestamptz, absolute_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, o.id, o.email, o.name, o.role, o.totp_confirmed_at IS NOT NULL, o.second_factor_required,
         s.mfa_at, s.last_seen_at, s.absolute_expires_at
  FROM operator_session s JOIN platform_operator o ON o.id = s.operator_id
  WHERE s.token_hash = p_hash AND s.revoked_at IS NULL AND s.expires_at > p_now
    AND s.absolute_expires_at > p_now AND o.status = 'active'
$$;

GRANT EXECUTE ON FUNCTION door.operator_invitation(text), door.operator_by_session(text, timestamptz) TO nz_app;
SET ROLE nz_owner;
