-- Quotes: what a tenant asked for, what operators wrote, what was sent and what came of it. What is sold by quote is a
-- version of its plan that one tenant alone may see.

ALTER TABLE plan_version
  ADD COLUMN quoted_to uuid,
  ADD COLUMN net_days integer,
  ADD CONSTRAINT plan_version_quoted_is_whole CHECK (num_nulls(quoted_to, net_days) IN (0, 2)),
  ADD CONSTRAINT plan_version_quoted_is_never_on_sale CHECK (quoted_to IS NULL OR retired_at IS NOT NULL);
DROP POLICY published ON plan_version;
CREATE POLICY published ON plan_version FOR SELECT
  USING (quoted_to IS NULL OR quoted_to = nullif(current_setting('app.tenant_id', true), '')::uuid);

-- How the provider collects: null is from the card, otherwise by invoices that are due so many days after their date.
ALTER TABLE subscription ADD COLUMN invoice_days integer;

CREATE TABLE quote (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  request jsonb,
  requested_by uuid,
  requested_at timestamptz(3),
  draft jsonb,
  draft_revision integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 0,
  valid_until timestamptz(3),
  decided_at timestamptz(3),
  decided_by jsonb,
  reason text,
  subscription_id uuid,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT quote_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT quote_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id)
    REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT quote_status_listed CHECK (status IN
    ('requested', 'draft', 'sent', 'accepted', 'declined', 'expired', 'withdrawn')),
  CONSTRAINT quote_sent_has_revision CHECK (status NOT IN ('sent', 'accepted', 'expired') OR revision > 0),
  CONSTRAINT quote_accepted_has_subscription CHECK ((status = 'accepted') = (subscription_id IS NOT NULL)),
  CONSTRAINT quote_valid_when_sent CHECK ((revision > 0) = (valid_until IS NOT NULL)),
  CONSTRAINT quote_requested_is_whole CHECK (num_nulls(request, requested_at) IN (0, 2))
);
CREATE UNIQUE INDEX quote_tenant_id_number_key ON quote (tenant_id, number);
CREATE INDEX quote_tenant_id_subscription_id_idx ON quote (tenant_id, subscription_id);
-- The console's list, newest first.
CREATE INDEX quote_by_id ON quote (id);

-- What was sent: written once. Requests read it, operators add to it.
CREATE TABLE quote_revision (
  tenant_id uuid NOT NULL,
  quote_id uuid NOT NULL,
  revision integer NOT NULL,
  content jsonb NOT NULL,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  sent_by uuid NOT NULL,
  CONSTRAINT quote_revision_pkey PRIMARY KEY (tenant_id, quote_id, revision),
  CONSTRAINT quote_revision_tenant_id_quote_id_fkey FOREIGN KEY (tenant_id, quote_id)
    REFERENCES quote (tenant_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT quote_revision_plan_id_plan_version_fkey FOREIGN KEY (plan_id, plan_version)
    REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT quote_revision_counts CHECK (revision > 0)
);
CREATE INDEX quote_revision_plan_id_plan_version_idx ON quote_revision (plan_id, plan_version);

ALTER TABLE quote ENABLE ROW LEVEL SECURITY;
ALTER TABLE quote FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON quote
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
ALTER TABLE quote_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE quote_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON quote_revision
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON quote TO nz_app;
GRANT SELECT ON quote_revision TO nz_app;
REVOKE UPDATE, DELETE ON quote_revision FROM nz_system;

SET ROLE nz_definer;
-- Quotes have a series of their own, over all tenants.
CREATE FUNCTION door.number_quote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_series text := 'NQ-' || to_char(NEW.created_at AT TIME ZONE 'UTC', 'YYYY');
  v_number bigint;
BEGIN
  INSERT INTO document_counter AS c (series, last) VALUES (v_series, 1)
    ON CONFLICT (series) DO UPDATE SET last = c.last + 1 RETURNING last INTO v_number;
  NEW.number := format('%s-%s', v_series, lpad(v_number::text, greatest(6, length(v_number::text)), '0'));
  RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION door.number_quote() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER number_quote BEFORE INSERT ON quote FOR EACH ROW EXECUTE FUNCTION door.number_quote();
