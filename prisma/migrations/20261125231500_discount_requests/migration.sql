-- Discounts that operators give, from the asking on: one that takes much off waits for a second operator. What is asked for
-- never changes, and a decision is made once.

CREATE TABLE discount_request (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  terms jsonb NOT NULL,
  value bigint NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  decided_by uuid,
  decided_at timestamptz(3),
  refusal text,
  CONSTRAINT discount_request_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT discount_request_tenant_id_subscription_id_fkey
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT discount_request_status_listed CHECK (status IN ('requested', 'approved', 'refused')),
  CONSTRAINT discount_request_takes_something CHECK (value > 0),
  CONSTRAINT discount_request_decided_unless_requested
    CHECK ((status = 'requested') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT discount_request_refused_with_a_reason CHECK ((status = 'refused') = (refusal IS NOT NULL))
);
CREATE INDEX discount_request_tenant_id_subscription_id_idx ON discount_request (tenant_id, subscription_id);
CREATE UNIQUE INDEX discount_request_one_waits ON discount_request (tenant_id, subscription_id) WHERE status = 'requested';
CREATE INDEX discount_request_by_status ON discount_request (status, id);
CREATE INDEX discount_request_by_id ON discount_request (id);

ALTER TABLE discount_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE discount_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON discount_request
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- Operators' own: requests have no right to it.
GRANT SELECT, INSERT, UPDATE ON discount_request TO nz_system;
REVOKE DELETE, TRUNCATE ON discount_request FROM nz_system;

SET ROLE nz_definer;

CREATE FUNCTION door.keep_discount_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  may_change constant text[] := ARRAY['status', 'decided_by', 'decided_at', 'refusal'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'requests of discounts are kept' USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
    RAISE EXCEPTION 'what was asked for doesn''t change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status <> 'requested' THEN
    RAISE EXCEPTION 'a request that is % is decided', OLD.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'approved' AND NEW.decided_by = OLD.requested_by THEN
    RAISE EXCEPTION 'a second operator approves' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

GRANT EXECUTE ON FUNCTION door.keep_discount_request() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_discount_request BEFORE UPDATE OR DELETE ON discount_request
  FOR EACH ROW EXECUTE FUNCTION door.keep_discount_request();
