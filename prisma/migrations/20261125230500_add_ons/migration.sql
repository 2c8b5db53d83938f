-- Add-ons: what is sold beside a plan, by the unit. The catalogue is public; a published version never changes.
CREATE TABLE add_on_version (
  id uuid NOT NULL,
  key text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  rank integer NOT NULL,
  prices jsonb NOT NULL,
  currency text NOT NULL DEFAULT 'usd',
  gives jsonb NOT NULL,
  plans jsonb NOT NULL,
  most integer NOT NULL,
  published_at timestamptz(3) NOT NULL,
  retired_at timestamptz(3),
  CONSTRAINT add_on_version_pkey PRIMARY KEY (id),
  CONSTRAINT add_on_version_counts CHECK (version > 0 AND most > 0)
);
CREATE UNIQUE INDEX add_on_version_key_version_key ON add_on_version (key, version);
ALTER TABLE add_on_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE add_on_version FORCE ROW LEVEL SECURITY;
CREATE POLICY published ON add_on_version FOR SELECT USING (true);
GRANT SELECT ON add_on_version TO nz_app;

SET ROLE nz_definer;
CREATE FUNCTION door.keep_add_on_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.retired_at IS NULL AND to_jsonb(NEW) - 'retired_at' = to_jsonb(OLD) - 'retired_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'version % of add-on % is published: nothing but the end of its sale can be set, once', OLD.version, OLD.key
    USING ERRCODE = 'restrict_violation', HINT = 'Publish a new version.';
END $$;
GRANT EXECUTE ON FUNCTION door.keep_add_on_version() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_add_on_version BEFORE UPDATE OR DELETE ON add_on_version
  FOR EACH ROW EXECUTE FUNCTION door.keep_add_on_version();

-- What a subscription has of them, `[{ key, version, quantity }]` by key: at its provider, as it is wished, and from the
-- period's end on, where anything waits.
ALTER TABLE subscription
  ADD COLUMN add_ons jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN wish_add_ons jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN next_add_ons jsonb NOT NULL DEFAULT '[]';
