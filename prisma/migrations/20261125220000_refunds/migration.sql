-- Refunds with their credit notes, and disputes. A refund's facts never change, only how far it has got; a credit
-- note is final from the start.

CREATE TABLE refund (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  request_key uuid,
  requested_by uuid,
  requested_at timestamptz(3) NOT NULL,
  decided_by uuid,
  decided_at timestamptz(3),
  refusal text,
  provider_id text,
  failure text,
  settled_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT refund_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT refund_tenant_id_invoice_id_fkey
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT refund_status_listed CHECK (status IN ('requested', 'approved', 'sent', 'done', 'refused', 'failed')),
  CONSTRAINT refund_gives_something CHECK (amount > 0),
  CONSTRAINT refund_decided_unless_requested CHECK ((status = 'requested') = (decided_at IS NULL)),
  CONSTRAINT refund_sent_is_known_there CHECK (status NOT IN ('sent', 'done') OR provider_id IS NOT NULL),
  CONSTRAINT refund_settled_at_its_end CHECK ((status IN ('done', 'refused', 'failed')) = (settled_at IS NOT NULL))
);
CREATE UNIQUE INDEX refund_tenant_id_provider_id_key ON refund (tenant_id, provider_id);
CREATE UNIQUE INDEX refund_tenant_id_request_key_key ON refund (tenant_id, request_key);
CREATE INDEX refund_tenant_id_invoice_id_idx ON refund (tenant_id, invoice_id);
CREATE INDEX refund_by_status ON refund (status, id);

CREATE TABLE credit_note (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  number text NOT NULL DEFAULT '',
  currency text NOT NULL,
  amount bigint NOT NULL,
  tax bigint NOT NULL,
  lines jsonb NOT NULL,
  reason text NOT NULL,
  seller jsonb,
  buyer jsonb,
  issued_at timestamptz(3) NOT NULL,
  voided_at timestamptz(3),
  CONSTRAINT credit_note_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT credit_note_tenant_id_invoice_id_fkey
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT credit_note_tenant_id_refund_id_fkey
    FOREIGN KEY (tenant_id, refund_id) REFERENCES refund (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX credit_note_tenant_id_number_key ON credit_note (tenant_id, number);
CREATE UNIQUE INDEX credit_note_tenant_id_refund_id_key ON credit_note (tenant_id, refund_id);
CREATE INDEX credit_note_tenant_id_invoice_id_idx ON credit_note (tenant_id, invoice_id);

CREATE TABLE dispute (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  respond_by timestamptz(3),
  provider_id text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT dispute_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT dispute_tenant_id_invoice_id_fkey
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT dispute_status_listed CHECK (status IN ('inquiry', 'needs_response', 'under_review', 'won', 'lost', 'closed'))
);
CREATE UNIQUE INDEX dispute_tenant_id_provider_id_key ON dispute (tenant_id, provider_id);
CREATE INDEX dispute_tenant_id_invoice_id_idx ON dispute (tenant_id, invoice_id);
CREATE INDEX dispute_by_id ON dispute (id);

-- The console's list over all tenants.
CREATE INDEX invoice_by_id ON invoice (id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['refund', 'credit_note', 'dispute'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I
      USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON refund, dispute TO nz_app;
GRANT SELECT, INSERT, UPDATE (voided_at) ON credit_note TO nz_app;
REVOKE DELETE ON refund, credit_note, dispute FROM nz_system;

SET ROLE nz_definer;

-- A refund goes forward only: what was done isn't asked for again, and nobody rewrites what was asked.
CREATE FUNCTION door.keep_refund() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  may_change constant text[] := ARRAY['status', 'decided_by', 'decided_at', 'refusal', 'provider_id', 'failure', 'settled_at', 'updated_at'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'refunds are kept' USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change OR NEW.provider_id IS DISTINCT FROM coalesce(OLD.provider_id, NEW.provider_id) THEN
    RAISE EXCEPTION 'what a refund is of doesn''t change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status <> NEW.status AND NOT (OLD.status, NEW.status) IN (
    ('requested', 'approved'), ('requested', 'refused'), ('approved', 'sent'), ('approved', 'done'),
    ('approved', 'failed'), ('sent', 'done'), ('sent', 'failed'), ('done', 'failed')
  ) THEN
    RAISE EXCEPTION 'a refund that is % doesn''t become %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Numbers a credit note as invoices are, in a series of its own, and keeps it as it was issued.
CREATE FUNCTION door.keep_credit_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_series text;
  v_number bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'credit note % is final: it can''t be removed', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.number <> '' OR NEW.voided_at IS NOT NULL THEN
      RAISE EXCEPTION 'numbers of credit notes are given, not written' USING ERRCODE = 'restrict_violation';
    END IF;
    v_series := 'NZC-' || to_char(NEW.issued_at AT TIME ZONE 'UTC', 'YYYY');
    INSERT INTO document_counter AS c (series, last) VALUES (v_series, 1)
      ON CONFLICT (series) DO UPDATE SET last = c.last + 1 RETURNING last INTO v_number;
    NEW.number := format('%s-%s', v_series, lpad(v_number::text, greatest(6, length(v_number::text)), '0'));
    RETURN NEW;
  END IF;
  IF OLD.voided_at IS NOT NULL OR to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' THEN
    RAISE EXCEPTION 'credit note % is final', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

GRANT EXECUTE ON FUNCTION door.keep_refund(), door.keep_credit_note() TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_refund BEFORE UPDATE OR DELETE ON refund
  FOR EACH ROW EXECUTE FUNCTION door.keep_refund();
CREATE TRIGGER keep_credit_note BEFORE INSERT OR UPDATE OR DELETE ON credit_note
  FOR EACH ROW EXECUTE FUNCTION door.keep_credit_note();
