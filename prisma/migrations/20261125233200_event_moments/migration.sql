-- When a change came about by its provider's word, beside when it was heard: a change in the last seconds of a month counts
-- for that month, however late somebody tells of it.
ALTER TABLE subscription_event ADD COLUMN happened_at timestamptz(3);
ALTER TABLE subscription_event NO FORCE ROW LEVEL SECURITY;
UPDATE subscription_event SET happened_at = at;
ALTER TABLE subscription_event FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription_event
  ALTER COLUMN happened_at SET NOT NULL,
  ADD CONSTRAINT subscription_event_happened_before_it_was_heard CHECK (happened_at <= at);

DROP INDEX subscription_event_by_time, subscription_event_ends_trial;
CREATE INDEX subscription_event_by_time ON subscription_event (happened_at) WHERE monthly_before <> monthly_after;
CREATE INDEX subscription_event_ends_trial ON subscription_event (happened_at)
  WHERE status_before = 'trialing' AND status <> 'trialing';

SET ROLE nz_definer;
-- Counts a tenant's changes of MRR anew from its whole history, by when each change came about, so that an event written late, or with others of the
-- same moment, is told as if it had come in order. What a subscription is worth is what its last event says.
CREATE OR REPLACE FUNCTION door.count_mrr(p_tenant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('revenue:' || p_tenant, 0));
  DELETE FROM mrr_change WHERE tenant_id = p_tenant;
  INSERT INTO mrr_change (tenant_id, currency, month, kind, mrr_before, mrr_after, began, subscription_id, changed_at)
  WITH told AS (
    SELECT e.*, lag(e.monthly_after) OVER w AS value_before, lag(e.currency) OVER w AS currency_before
    FROM subscription_event e WHERE e.tenant_id = p_tenant
    WINDOW w AS (PARTITION BY e.subscription_id ORDER BY e.happened_at, e.id)
  ), step AS (
    SELECT currency, happened_at, id, subscription_id, monthly_after AS delta FROM told
      WHERE (monthly_after, currency) IS DISTINCT FROM (value_before, currency_before)
    UNION ALL
    SELECT currency_before, happened_at, id, subscription_id, -value_before FROM told
      WHERE value_before IS NOT NULL AND (monthly_after, currency) IS DISTINCT FROM (value_before, currency_before)
  ), by_month AS (
    SELECT currency, door.month_of(happened_at) AS month, sum(delta)::bigint AS delta, max(happened_at) AS changed_at,
      (array_agg(subscription_id ORDER BY happened_at DESC, id DESC))[1] AS subscription_id
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
SET ROLE nz_owner;
