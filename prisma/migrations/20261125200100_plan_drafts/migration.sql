-- Drafts of plan versions, for operators alone; published versions are never changed, but for the end of their sale.
CREATE TABLE plan_draft (
  plan_id text NOT NULL,
  revision integer NOT NULL,
  content jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT plan_draft_pkey PRIMARY KEY (plan_id),
  CONSTRAINT plan_draft_plan_id_listed CHECK (plan_id IN ('starter', 'professional', 'enterprise', 'institutional')),
  CONSTRAINT plan_draft_revision_counts CHECK (revision > 0)
);
ALTER TABLE plan_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_draft FORCE ROW LEVEL SECURITY;

SET ROLE nz_definer;
CREATE FUNCTION door.keep_plan_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.retired_at IS NULL AND to_jsonb(NEW) - 'retired_at' = to_jsonb(OLD) - 'retired_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'version % of plan % is published: nothing but the end of its sale can be set, once', OLD.version, OLD.plan_id
    USING ERRCODE = 'restrict_violation', HINT = 'Publish a new version.';
END $$;
GRANT EXECUTE ON FUNCTION door.keep_plan_version() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_plan_version BEFORE UPDATE OR DELETE ON plan_version
  FOR EACH ROW EXECUTE FUNCTION door.keep_plan_version();
