-- Cash is what came in less what went back: a credit note takes its amount out of the month in which it was issued,
-- and puts it back in the month in which it came to be void.

CREATE INDEX credit_note_by_issue ON credit_note (issued_at);
CREATE INDEX credit_note_by_void ON credit_note (voided_at) WHERE voided_at IS NOT NULL;

SET ROLE nz_definer;

CREATE FUNCTION door.keep_cash() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO revenue_month AS r (tenant_id, currency, month, cash)
  VALUES (NEW.tenant_id, NEW.currency, door.month_of(coalesce(NEW.voided_at, NEW.issued_at)),
    CASE WHEN NEW.voided_at IS NULL THEN -NEW.amount ELSE NEW.amount END)
  ON CONFLICT (tenant_id, currency, month) DO UPDATE SET cash = r.cash + excluded.cash;
  RETURN NULL;
END $$;

GRANT EXECUTE ON FUNCTION door.keep_cash() TO nz_owner;
SET ROLE nz_owner;

-- It is issued once and may come to be void once: `keep_credit_note` lets nothing else happen.
CREATE TRIGGER keep_cash AFTER INSERT OR UPDATE OF voided_at ON credit_note
  FOR EACH ROW EXECUTE FUNCTION door.keep_cash();
