-- Lines of invoices as rows; numbers of our own; nothing but payment changes once an invoice is final.

CREATE TABLE invoice_line (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL,
  item_key text,
  description text NOT NULL,
  quantity bigint,
  unit_amount numeric(24, 12),
  amount bigint NOT NULL,
  discount bigint NOT NULL DEFAULT 0,
  tax bigint NOT NULL DEFAULT 0,
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  proration jsonb,
  usage jsonb,
  provider_id text,
  CONSTRAINT invoice_line_pkey PRIMARY KEY (tenant_id, invoice_id, position),
  CONSTRAINT invoice_line_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id)
    REFERENCES invoice (tenant_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT invoice_line_kind_listed CHECK (kind IN
    ('period', 'trial', 'remaining_time', 'unused_time', 'overage', 'overage_correction', 'other')),
  CONSTRAINT invoice_line_ends_after_start CHECK (period_end >= period_start)
);
CREATE INDEX invoice_line_tenant_id_provider_id_idx ON invoice_line (tenant_id, provider_id);

ALTER TABLE invoice
  ADD COLUMN gateway text NOT NULL DEFAULT 'stripe',
  ADD COLUMN provider_number text,
  ADD COLUMN discount bigint NOT NULL DEFAULT 0,
  ADD COLUMN balance_applied bigint NOT NULL DEFAULT 0,
  ADD COLUMN seller jsonb,
  ADD COLUMN buyer jsonb,
  ALTER COLUMN provider_id DROP NOT NULL;

-- The counters of the series, over all tenants. A number is taken by updating the row, whose lock is held until
-- the transaction ends: one that fails gives its number back, so that the series has no gaps.
CREATE TABLE document_counter (
  series text NOT NULL,
  last bigint NOT NULL,
  CONSTRAINT document_counter_pkey PRIMARY KEY (series)
);

-- What is there already. The owner is bound by policies as well, so FORCE is lifted around it.
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
INSERT INTO invoice_line (tenant_id, invoice_id, position, kind, description, quantity, amount, period_start, period_end)
SELECT i.tenant_id, i.id, line.ordinality - 1,
       CASE WHEN (line.value->>'proration')::boolean AND (line.value->>'amount')::bigint < 0 THEN 'unused_time'
            WHEN (line.value->>'proration')::boolean THEN 'remaining_time'
            WHEN i.subscription_id IS NULL THEN 'other'
            WHEN (line.value->>'amount')::bigint = 0 THEN 'trial'
            ELSE 'period' END,
       line.value->>'description', (line.value->>'quantity')::numeric::bigint, (line.value->>'amount')::bigint,
       (line.value->'period'->>'start')::timestamptz, (line.value->'period'->>'end')::timestamptz
FROM invoice i, jsonb_array_elements(i.lines) WITH ORDINALITY AS line;
UPDATE invoice SET
  provider_number = number,
  issued_at = coalesce(issued_at, created_at),
  discount = subtotal + tax - total,
  balance_applied = least(total, 0);
WITH numbered AS (
  SELECT tenant_id, id, to_char(issued_at AT TIME ZONE 'UTC', 'YYYY') AS year,
         row_number() OVER (PARTITION BY to_char(issued_at AT TIME ZONE 'UTC', 'YYYY') ORDER BY issued_at, id) AS n
  FROM invoice
)
UPDATE invoice i SET number = format('NZ-%s-%s', n.year, lpad(n.n::text, 6, '0'))
FROM numbered n WHERE (n.tenant_id, n.id) = (i.tenant_id, i.id);
INSERT INTO document_counter (series, last)
SELECT 'NZ-' || to_char(issued_at AT TIME ZONE 'UTC', 'YYYY'), count(*) FROM invoice GROUP BY 1;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice DROP COLUMN lines;

CREATE UNIQUE INDEX invoice_tenant_id_number_key ON invoice (tenant_id, number);
ALTER TABLE invoice
  DROP CONSTRAINT invoice_status_listed,
  ADD CONSTRAINT invoice_status_listed CHECK (status IN ('draft', 'open', 'paid', 'uncollectible', 'void')),
  ADD CONSTRAINT invoice_gateway_listed CHECK (gateway IN ('stripe', 'paypal')),
  ADD CONSTRAINT invoice_numbered_when_final CHECK ((status = 'draft') = (number IS NULL)),
  ADD CONSTRAINT invoice_issued_when_final CHECK (status = 'draft' OR issued_at IS NOT NULL);

ALTER TABLE invoice_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice_line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON invoice_line
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
ALTER TABLE document_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_counter FORCE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, DELETE ON invoice_line TO nz_app;
REVOKE UPDATE ON invoice_line FROM nz_system;
REVOKE ALL ON document_counter FROM nz_system;
GRANT SELECT, INSERT, UPDATE ON document_counter TO nz_definer;

SET ROLE nz_definer;

-- Keeps invoices as they were issued. The number is taken at the end of a draft's life, so that drafts, of which
-- there may be many at a time, never wait for one another.
CREATE FUNCTION door.keep_invoice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  may_change constant text[] := ARRAY['status', 'amount_paid', 'amount_due', 'paid_at', 'hosted_url', 'updated_at'];
  v_series text;
  v_number bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'draft' THEN
      RAISE EXCEPTION 'invoice % is final: it can''t be removed', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' OR NEW.number IS NOT NULL THEN
      RAISE EXCEPTION 'an invoice begins as a draft without a number' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.status = 'draft' THEN
    IF (NEW.tenant_id, NEW.id) <> (OLD.tenant_id, OLD.id) OR NEW.number IS NOT NULL THEN
      RAISE EXCEPTION 'numbers of invoices are given, not written' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status <> 'draft' THEN
      NEW.issued_at := coalesce(NEW.issued_at, clock_timestamp());
      v_series := 'NZ-' || to_char(NEW.issued_at AT TIME ZONE 'UTC', 'YYYY');
      INSERT INTO document_counter AS c (series, last) VALUES (v_series, 1)
        ON CONFLICT (series) DO UPDATE SET last = c.last + 1 RETURNING last INTO v_number;
      NEW.number := format('%s-%s', v_series, lpad(v_number::text, greatest(6, length(v_number::text)), '0'));
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'draft' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
    RAISE EXCEPTION 'invoice % is final: nothing but its payment can change', OLD.number
      USING ERRCODE = 'restrict_violation', HINT = 'Put it right with a credit note.';
  END IF;
  RETURN NEW;
END $$;

-- Lines belong to drafts. FOR SHARE makes a writer of lines and the one who issues the invoice wait for each other.
CREATE FUNCTION door.keep_invoice_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_row invoice_line := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  v_status text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'lines of invoices are written once' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT status INTO v_status FROM invoice
    WHERE tenant_id = v_row.tenant_id AND id = v_row.invoice_id FOR SHARE;
  -- No invoice: it was a draft, and is being removed with its lines.
  IF v_status <> 'draft' THEN
    RAISE EXCEPTION 'the invoice is final: its lines can''t change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN v_row;
END $$;

GRANT EXECUTE ON FUNCTION door.keep_invoice(), door.keep_invoice_line() TO nz_owner;
GRANT USAGE ON SCHEMA door TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_invoice BEFORE INSERT OR UPDATE OR DELETE ON invoice
  FOR EACH ROW EXECUTE FUNCTION door.keep_invoice();
CREATE TRIGGER keep_invoice_line BEFORE INSERT OR UPDATE OR DELETE ON invoice_line
  FOR EACH ROW EXECUTE FUNCTION door.keep_invoice_line();
