-- Whoever loses a right is told of at commit, by whatever way it was taken: open streams close, and
-- what processes remember of credentials is forgotten. It doesn't wait for the relay, and these
-- transactions are rare enough for the lock that NOTIFY takes at commit.

SET ROLE nz_definer;

-- The arguments name the columns that hold tenant, person and key; an empty one says "whichever".
CREATE FUNCTION door.tell_access() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  r jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
BEGIN
  PERFORM pg_notify('nz_access', json_build_object(
    'tenant', r ->> TG_ARGV[0], 'person', r ->> TG_ARGV[1], 'key', r ->> TG_ARGV[2])::text);
  RETURN NULL;
END $$;

GRANT USAGE ON SCHEMA door TO nz_owner;
GRANT EXECUTE ON FUNCTION door.tell_access() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER tell_access AFTER UPDATE OF revoked_at ON session FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION door.tell_access('', 'user_id', '');
CREATE TRIGGER tell_access_changed AFTER UPDATE OF role, status ON membership FOR EACH ROW
  WHEN (OLD.role <> NEW.role OR OLD.status <> NEW.status)
  EXECUTE FUNCTION door.tell_access('tenant_id', 'user_id', '');
CREATE TRIGGER tell_access_ended AFTER DELETE ON membership FOR EACH ROW
  EXECUTE FUNCTION door.tell_access('tenant_id', 'user_id', '');
CREATE TRIGGER tell_access AFTER UPDATE OF status, deleted_at ON tenant FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION door.tell_access('id', '', '');
CREATE TRIGGER tell_access AFTER UPDATE OF revoked_at, expires_at, scopes ON api_key FOR EACH ROW
  EXECUTE FUNCTION door.tell_access('tenant_id', '', 'id');
