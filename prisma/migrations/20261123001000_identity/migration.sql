-- Invitations, exact throttles for guesses, and the narrow functions that identity needs.

CREATE TABLE "invitation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("tenant_id","id")
);

-- One open invitation for an address in a tenant.
CREATE UNIQUE INDEX invitation_one_open ON invitation (tenant_id, lower(email))
  WHERE accepted_at IS NULL AND revoked_at IS NULL;

ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON invitation
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON invitation TO nz_app, nz_system, nz_definer;

-- Times of recent tries, so that "ten in fifteen minutes" holds in every window of fifteen minutes.
-- Unlogged: after a crash of the database everybody starts anew, which is harmless.
CREATE UNLOGGED TABLE "throttle" (
    "key" TEXT NOT NULL,
    "hits" TIMESTAMPTZ(3)[] NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "throttle_updated_at_idx" ON "throttle"("updated_at");
ALTER TABLE throttle ENABLE ROW LEVEL SECURITY;
ALTER TABLE throttle FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON throttle TO nz_system, nz_definer;

SET ROLE nz_definer;

-- Takes one try from every key, or from none. `wait_seconds` is how long until the next one is free.
CREATE FUNCTION door.take_tries(p_keys text[], p_limits int[], p_windows int[], p_now timestamptz)
RETURNS TABLE (allowed boolean, wait_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  k record;
  recent timestamptz[];
  wait double precision := 0;
BEGIN
  INSERT INTO throttle (key, hits, updated_at)
  SELECT key, '{}', p_now FROM unnest(p_keys) AS key ORDER BY key
  ON CONFLICT DO NOTHING;
  -- In one order, so that two callers with the same keys can't wait for each other.
  PERFORM 1 FROM throttle WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
  FOR k IN
    SELECT t.key, t.hits, w.max, make_interval(secs => w.window) AS span
    FROM unnest(p_keys, p_limits, p_windows) AS w (key, max, "window") JOIN throttle t USING (key)
  LOOP
    recent := ARRAY(SELECT h FROM unnest(k.hits) AS h WHERE h > p_now - k.span ORDER BY h);
    IF cardinality(recent) >= k.max THEN
      wait := greatest(wait, extract(epoch FROM
        recent[cardinality(recent) - k.max + 1] + k.span - p_now));
    END IF;
    UPDATE throttle SET hits = recent, updated_at = p_now WHERE key = k.key;
  END LOOP;
  IF wait = 0 THEN
    UPDATE throttle SET hits = hits || p_now WHERE key = ANY (p_keys);
  END IF;
  RETURN QUERY SELECT wait = 0, wait;
END $$;

-- After a success: the account starts anew, and the address gets its try back.
CREATE FUNCTION door.forgive_tries(p_clear text[], p_give_back text[])
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM throttle WHERE key = ANY (p_clear);
  UPDATE throttle SET hits = hits[1:cardinality(hits) - 1] WHERE key = ANY (p_give_back);
$$;

-- Whether a person has signed in from this address before: strangers' guesses must not lock them out.
CREATE FUNCTION door.known_address(p_user uuid, p_ip text, p_since timestamptz)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM session WHERE user_id = p_user AND ip = p_ip AND created_at > p_since)
$$;

-- A person's place in a tenant, by id or by slug. Nothing when they have none.
CREATE FUNCTION door.membership_of(p_user uuid, p_tenant uuid, p_slug text)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text, tenant_status text,
               last_seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, t.name, m.role, t.status, m.last_seen_at
  FROM membership m JOIN tenant t ON t.id = m.tenant_id
  WHERE m.user_id = p_user AND m.status = 'active' AND t.deleted_at IS NULL
    AND (t.id = p_tenant OR t.slug = p_slug)
$$;

CREATE FUNCTION door.touch_membership(p_user uuid, p_tenant uuid, p_now timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE membership SET last_seen_at = greatest(last_seen_at, p_now)
  WHERE user_id = p_user AND tenant_id = p_tenant
$$;

-- Use keeps a browser's session alive up to its absolute end; a program's token keeps its own end.
CREATE FUNCTION door.touch_session(p_id uuid, p_now timestamptz, p_expires timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE session
  SET last_seen_at = greatest(last_seen_at, p_now),
      expires_at = CASE WHEN kind = 'cookie'
        THEN least(greatest(expires_at, p_expires), absolute_expires_at) ELSE expires_at END
  WHERE id = p_id AND revoked_at IS NULL
$$;

-- A refresh token is good once. The caller has checked that this one was issued for this session, so
-- one that isn't the current one was used before: it was copied, and the session ends.
DROP FUNCTION door.rotate_refresh(text, text, text, timestamptz, timestamptz);
CREATE FUNCTION door.rotate_refresh(p_session uuid, p_hash text, p_new_token text, p_new_refresh text,
                                    p_now timestamptz, p_expires timestamptz, p_idle_since timestamptz)
RETURNS TABLE (outcome text, user_id uuid, tenant_id uuid, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  s session%ROWTYPE;
BEGIN
  SELECT * INTO s FROM session WHERE id = p_session AND kind = 'token' FOR UPDATE;
  IF NOT FOUND OR s.revoked_at IS NOT NULL OR s.absolute_expires_at <= p_now
     OR s.last_seen_at <= p_idle_since THEN
    RETURN;
  END IF;
  IF s.refresh_hash = p_hash THEN
    UPDATE session SET token_hash = p_new_token, refresh_hash = p_new_refresh,
           previous_refresh_hash = p_hash, last_seen_at = p_now,
           expires_at = least(p_expires, absolute_expires_at)
    WHERE id = p_session RETURNING * INTO s;
    RETURN QUERY SELECT 'rotated', s.user_id, s.tenant_id, s.expires_at;
  ELSE
    UPDATE session SET revoked_at = p_now WHERE id = p_session;
    RETURN QUERY SELECT 'reused', s.user_id, s.tenant_id, s.expires_at;
  END IF;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA door TO nz_app, nz_system;
SET ROLE nz_owner;
