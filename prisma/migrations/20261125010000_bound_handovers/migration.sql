-- A hand-over code is good in the browser that asked for it alone.

ALTER TABLE "one_time_code" ADD COLUMN "browser_hash" TEXT;

SET ROLE nz_definer;

-- Single use, by conditional update: of a thousand parallel tries one gets the row. A try from another
-- host or browser leaves the code as it was.
DROP FUNCTION door.redeem_code(text, text, text, timestamptz);
CREATE FUNCTION door.redeem_code(p_purpose text, p_hash text, p_host text, p_browser text, p_now timestamptz)
RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, data jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE one_time_code SET consumed_at = p_now
  WHERE purpose = p_purpose AND code_hash = p_hash AND consumed_at IS NULL AND expires_at > p_now
    AND (host IS NULL OR host = p_host) AND (browser_hash IS NULL OR browser_hash = p_browser)
  RETURNING id, user_id, tenant_id, data
$$;

GRANT EXECUTE ON FUNCTION door.redeem_code(text, text, text, text, timestamptz) TO nz_app, nz_system;
SET ROLE nz_owner;
