-- The history of subscriptions: written with each change of status or terms, and never changed.
CREATE TABLE subscription_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  cause text NOT NULL,
  actor jsonb NOT NULL,
  status_before text,
  status text NOT NULL,
  plan_id_before text,
  plan_version_before integer,
  cycle_before text,
  plan_id text NOT NULL,
  plan_version integer NOT NULL,
  billing_cycle text NOT NULL,
  currency text NOT NULL,
  monthly_before bigint NOT NULL,
  monthly_after bigint NOT NULL,
  CONSTRAINT subscription_event_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT subscription_event_tenant_id_subscription_id_fkey
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT subscription_event_status_listed CHECK (status IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'cancelled', 'unpaid')),
  CONSTRAINT subscription_event_billing_cycle_listed CHECK (billing_cycle IN ('monthly', 'quarterly', 'annual'))
);
CREATE INDEX subscription_event_tenant_id_subscription_id_id_idx ON subscription_event (tenant_id, subscription_id, id);
CREATE INDEX subscription_event_by_time ON subscription_event (at) WHERE monthly_before <> monthly_after;

ALTER TABLE subscription_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscription_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON subscription_event
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON subscription_event TO nz_app;
REVOKE UPDATE, DELETE ON subscription_event FROM nz_system, nz_definer;

-- Subscriptions from before there was a history begin it with what they are.
ALTER TABLE subscription NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription_event NO FORCE ROW LEVEL SECURITY;
INSERT INTO subscription_event
SELECT s.tenant_id, s.id, s.id, s.created_at, 'history begins', '{"kind": "job", "id": "migration"}'::jsonb,
  NULL, s.status, NULL, NULL, NULL, s.plan_id, s.plan_version, s.billing_cycle, p.currency, 0,
  CASE WHEN s.status IN ('active', 'past_due')
    THEN round((p.prices ->> s.billing_cycle)::numeric / CASE s.billing_cycle WHEN 'annual' THEN 12 WHEN 'quarterly' THEN 3 ELSE 1 END)
    ELSE 0 END
FROM subscription s JOIN plan_version p ON p.plan_id = s.plan_id AND p.version = s.plan_version;
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription_event FORCE ROW LEVEL SECURITY;
