-- Revenue by month, counted where it is written: each tenant's rows in the transaction of that tenant's change, so that
-- reading all tenants adds up few rows and nobody waits for another tenant.

CREATE TABLE mrr_change (
  tenant_id uuid NOT NULL,
  currency text NOT NULL,
  month date NOT NULL,
  kind text NOT NULL,
  mrr_before bigint NOT NULL,
  mrr_after bigint NOT NULL,
  began date NOT NULL,
  subscription_id uuid NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  CONSTRAINT mrr_change_pkey PRIMARY KEY (tenant_id, currency, month),
  CONSTRAINT mrr_change_kind_listed CHECK (kind IN ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  CONSTRAINT mrr_change_changes CHECK (mrr_before <> mrr_after),
  CONSTRAINT mrr_change_of_a_month CHECK (extract(day FROM month) = 1 AND extract(day FROM began) = 1)
);
CREATE INDEX mrr_change_by_month ON mrr_change (currency, month);

CREATE TABLE revenue_month (
  tenant_id uuid NOT NULL,
  currency text NOT NULL,
  month date NOT NULL,
  invoiced bigint NOT NULL DEFAULT 0,
  recognised bigint NOT NULL DEFAULT 0,
  cash bigint NOT NULL DEFAULT 0,
  CONSTRAINT revenue_month_pkey PRIMARY KEY (tenant_id, currency, month),
  CONSTRAINT revenue_month_of_a_month CHECK (extract(day FROM month) = 1)
);
CREATE INDEX revenue_month_by_month ON revenue_month (currency, month) INCLUDE (invoiced, recognised, cash);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['mrr_change', 'revenue_month'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I
      USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM nz_system', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO nz_definer', t);
  END LOOP;
END $$;
GRANT SELECT ON subscription_event, invoice_line TO nz_definer;

-- What ended a trial, and the drill-downs by day of issue and of payment.
CREATE INDEX subscription_event_ends_trial ON subscription_event (at) WHERE status_before = 'trialing' AND status <> 'trialing';
CREATE INDEX invoice_by_issue ON invoice (issued_at) WHERE status <> 'draft';

SET ROLE nz_definer;

CREATE FUNCTION door.month_of(p_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_trunc('month', p_at AT TIME ZONE 'UTC')::date
$$;

-- What of an amount for the time of [from, to) is earned by then: rounded as a whole, not month by month, so that the
-- differences add up to the amount. Without length all is earned in that moment.
CREATE FUNCTION door.earned_until(p_amount bigint, p_from timestamptz, p_to timestamptz, p_until timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_until <= p_from THEN 0 WHEN p_until >= p_to THEN p_amount
    ELSE round(p_amount * extract(epoch FROM p_until - p_from) / extract(epoch FROM p_to - p_from))::bigint END
$$;

-- What the months of [from, to) earn of an amount.
CREATE FUNCTION door.spread_over_months(p_amount bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (month date, amount bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT m::date, door.earned_until(p_amount, p_from, p_to, (m + interval '1 month') AT TIME ZONE 'UTC')
    - door.earned_until(p_amount, p_from, p_to, m AT TIME ZONE 'UTC')
  FROM generate_series(
    date_trunc('month', p_from AT TIME ZONE 'UTC'),
    greatest(p_to AT TIME ZONE 'UTC' - interval '1 millisecond', p_from AT TIME ZONE 'UTC'),
    interval '1 month') AS m
$$;

-- What the lines of an invoice were invoiced and earned, month by month.
CREATE FUNCTION door.revenue_of_invoice(p_tenant uuid, p_invoice uuid, p_issued timestamptz)
RETURNS TABLE (month date, invoiced bigint, recognised bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT part.month, sum(part.invoiced)::bigint, sum(part.recognised)::bigint
  FROM (
    SELECT door.month_of(p_issued) AS month, l.amount - l.discount AS invoiced, 0 AS recognised
    FROM invoice_line l WHERE l.tenant_id = p_tenant AND l.invoice_id = p_invoice
    UNION ALL
    SELECT s.month, 0, s.amount
    FROM invoice_line l, door.spread_over_months(l.amount - l.discount, l.period_start, l.period_end) s
    WHERE l.tenant_id = p_tenant AND l.invoice_id = p_invoice AND l.amount <> l.discount
  ) part
  GROUP BY part.month
$$;

-- Counts a tenant's changes of MRR anew from its whole history, so that an event written late, or with others of the
-- same moment, is told as if it had come in order. What a subscription is worth is what its last event says.
CREATE FUNCTION door.count_mrr(p_tenant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('revenue:' || p_tenant, 0));
  DELETE FROM mrr_change WHERE tenant_id = p_tenant;
  INSERT INTO mrr_change (tenant_id, currency, month, kind, mrr_before, mrr_after, began, subscription_id, changed_at)
  WITH told AS (
    SELECT e.*, lag(e.monthly_after) OVER w AS value_before, lag(e.currency) OVER w AS currency_before
    FROM subscription_event e WHERE e.tenant_id = p_tenant
    WINDOW w AS (PARTITION BY e.subscription_id ORDER BY e.at, e.id)
  ), step AS (
    SELECT currency, at, id, subscription_id, monthly_after AS delta FROM told
      WHERE (monthly_after, currency) IS DISTINCT FROM (value_before, currency_before)
    UNION ALL
    SELECT currency_before, at, id, subscription_id, -value_before FROM told
      WHERE value_before IS NOT NULL AND (monthly_after, currency) IS DISTINCT FROM (value_before, currency_before)
  ), by_month AS (
    SELECT currency, door.month_of(at) AS month, sum(delta)::bigint AS delta, max(at) AS changed_at,
      (array_agg(subscription_id ORDER BY at DESC, id DESC))[1] AS subscription_id
    FROM step GROUP BY 1, 2 HAVING sum(delta) <> 0
  ), running AS (
    SELECT *, sum(delta) OVER (PARTITION BY currency ORDER BY month)::bigint AS mrr_after,
      min(month) OVER (PARTITION BY currency) AS began
    FROM by_month
  )
  SELECT p_tenant, currency, month,
    CASE WHEN month = began THEN 'new' WHEN mrr_after = delta THEN 'reactivation' WHEN mrr_after = 0 THEN 'churn'
      WHEN delta > 0 THEN 'expansion' ELSE 'contraction' END,
    mrr_after - delta, mrr_after, began, subscription_id, changed_at
  FROM running;
END $$;

CREATE FUNCTION door.keep_mrr() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM door.count_mrr(NEW.tenant_id);
  RETURN NULL;
END $$;

-- Adds to a tenant's months what a change of one of its invoices means: it becomes final, is voided, is paid.
CREATE FUNCTION door.keep_revenue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  counted constant int := (NEW.status NOT IN ('draft', 'void'))::int - (OLD.status NOT IN ('draft', 'void'))::int;
BEGIN
  INSERT INTO revenue_month AS r (tenant_id, currency, month, invoiced, recognised, cash)
  SELECT NEW.tenant_id, NEW.currency, part.month, sum(part.invoiced), sum(part.recognised), sum(part.cash)
  FROM (
    SELECT l.month, counted * l.invoiced AS invoiced, counted * l.recognised AS recognised, 0 AS cash
    FROM door.revenue_of_invoice(NEW.tenant_id, NEW.id, NEW.issued_at) l WHERE counted <> 0
    UNION ALL
    SELECT door.month_of(coalesce(OLD.paid_at, OLD.issued_at, OLD.created_at)), 0, 0, -OLD.amount_paid WHERE OLD.status <> 'draft'
    UNION ALL
    SELECT door.month_of(coalesce(NEW.paid_at, NEW.issued_at, NEW.created_at)), 0, 0, NEW.amount_paid WHERE NEW.status <> 'draft'
  ) part
  GROUP BY part.month
  HAVING sum(part.invoiced) <> 0 OR sum(part.recognised) <> 0 OR sum(part.cash) <> 0
  ORDER BY part.month
  ON CONFLICT (tenant_id, currency, month) DO UPDATE SET
    invoiced = r.invoiced + excluded.invoiced,
    recognised = r.recognised + excluded.recognised,
    cash = r.cash + excluded.cash;
  RETURN NULL;
END $$;

GRANT EXECUTE ON FUNCTION door.month_of, door.earned_until TO nz_system, nz_owner;
GRANT EXECUTE ON FUNCTION door.revenue_of_invoice TO nz_owner;
GRANT EXECUTE ON FUNCTION door.count_mrr, door.keep_mrr, door.keep_revenue TO nz_owner;
SET ROLE nz_owner;

CREATE TRIGGER keep_mrr AFTER INSERT ON subscription_event
  FOR EACH ROW EXECUTE FUNCTION door.keep_mrr();
CREATE TRIGGER keep_revenue AFTER UPDATE OF status, amount_paid, paid_at ON invoice
  FOR EACH ROW EXECUTE FUNCTION door.keep_revenue();

-- What is there already, counted by the same functions. The owner is bound by policies, so FORCE is lifted around it.
ALTER TABLE subscription_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE revenue_month NO FORCE ROW LEVEL SECURITY;
SELECT count(door.count_mrr(tenant_id)) FROM (SELECT DISTINCT tenant_id FROM subscription_event) t;
INSERT INTO revenue_month (tenant_id, currency, month, invoiced, recognised, cash)
SELECT part.tenant_id, part.currency, part.month, sum(part.invoiced), sum(part.recognised), sum(part.cash)
FROM (
  SELECT i.tenant_id, i.currency, l.month, l.invoiced, l.recognised, 0 AS cash
  FROM invoice i, door.revenue_of_invoice(i.tenant_id, i.id, i.issued_at) l WHERE i.status NOT IN ('draft', 'void')
  UNION ALL
  SELECT tenant_id, currency, door.month_of(coalesce(paid_at, issued_at)), 0, 0, amount_paid
  FROM invoice WHERE status <> 'draft' AND amount_paid <> 0
) part
GROUP BY 1, 2, 3;
ALTER TABLE subscription_event FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE revenue_month FORCE ROW LEVEL SECURITY;
