-- A delivery is kept as it was signed. jsonb refuses text with \u0000 in it, and a provider may send it.
ALTER TABLE webhook_inbox ALTER COLUMN body TYPE json USING body::json;

SET ROLE nz_definer;

DROP FUNCTION door.store_webhook(text, text, text, jsonb, timestamptz);

-- True when the event is new. Stored before it is understood.
CREATE FUNCTION door.store_webhook(p_provider text, p_event_id text, p_type text, p_body json, p_now timestamptz)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH stored AS (
    INSERT INTO webhook_inbox (provider, event_id, type, body, received_at)
    VALUES (p_provider, p_event_id, p_type, p_body, p_now)
    ON CONFLICT DO NOTHING RETURNING 1
  ) SELECT EXISTS (SELECT 1 FROM stored)
$$;

GRANT EXECUTE ON FUNCTION door.store_webhook TO nz_app, nz_system;
SET ROLE nz_owner;
