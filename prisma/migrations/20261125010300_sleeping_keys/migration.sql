-- After a change of plan, keys keep what they were given and sleep where the plan has no room for it.

-- Two more of what the gateway reads, plan and grants added up; null is unlimited.
ALTER TABLE "entitlement" ADD COLUMN "api_keys_limit" INTEGER,
ADD COLUMN "api_write" BOOLEAN NOT NULL DEFAULT false;
-- The first key of its line: one that replaces another takes its place.
ALTER TABLE "api_key" ADD COLUMN "first_id" UUID;

ALTER TABLE entitlement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE entitlement_grant NO FORCE ROW LEVEL SECURITY;
UPDATE entitlement e SET
  api_write = e.features ? 'api_write' OR EXISTS (
    SELECT FROM entitlement_grant g WHERE g.tenant_id = e.tenant_id AND g.key = 'api_write'
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())),
  -- Nobody could be given more keys by a grant so far.
  api_keys_limit = (e.limits ->> 'api_keys')::int;
ALTER TABLE entitlement_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE entitlement FORCE ROW LEVEL SECURITY;

ALTER TABLE api_key NO FORCE ROW LEVEL SECURITY;
WITH RECURSIVE line AS (
  SELECT tenant_id, id, rotated_to, id AS first_id FROM api_key k
  WHERE NOT EXISTS (SELECT FROM api_key o WHERE o.tenant_id = k.tenant_id AND o.rotated_to = k.id)
  UNION ALL
  SELECT n.tenant_id, n.id, n.rotated_to, line.first_id
  FROM line JOIN api_key n ON n.tenant_id = line.tenant_id AND n.id = line.rotated_to
)
UPDATE api_key k SET first_id = line.first_id FROM line
WHERE line.tenant_id = k.tenant_id AND line.id = k.id;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
ALTER TABLE "api_key" ALTER COLUMN "first_id" SET NOT NULL;

CREATE TRIGGER tell_access AFTER UPDATE OF plan_id, api_write, api_keys_limit ON entitlement FOR EACH ROW
  WHEN (OLD.plan_id <> NEW.plan_id OR OLD.api_write <> NEW.api_write
        OR OLD.api_keys_limit IS DISTINCT FROM NEW.api_keys_limit)
  EXECUTE FUNCTION door.tell_access('tenant_id', '', '');

SET ROLE nz_definer;

-- What the plan leaves to a key: whether keys may write, how many there may be, and how many lines of
-- keys that work now are older than this one's (`ahead`), of how many (`live`).
CREATE FUNCTION door.api_key_rights(p_tenant uuid, p_key uuid, p_now timestamptz)
RETURNS TABLE (plan_id text, api_write boolean, keys_limit int, ahead int, live int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.plan_id, e.api_write, e.api_keys_limit,
         (count(*) FILTER (WHERE o.first_id < k.first_id))::int, count(o.id)::int
  FROM api_key k
  JOIN entitlement e ON e.tenant_id = k.tenant_id
  LEFT JOIN api_key o ON o.tenant_id = k.tenant_id AND o.revoked_at IS NULL AND o.rotated_to IS NULL
    AND (o.expires_at IS NULL OR o.expires_at > p_now)
  WHERE k.tenant_id = p_tenant AND k.id = p_key
  GROUP BY e.tenant_id
$$;

GRANT EXECUTE ON FUNCTION door.api_key_rights(uuid, uuid, timestamptz) TO nz_app, nz_system;
SET ROLE nz_owner;
