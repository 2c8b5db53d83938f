-- What each tenant paid and would have, of a report: rows, so that a turn of its job writes its own tenants and
-- not all that came before once more.
CREATE UNIQUE INDEX plan_reprice_id_key ON plan_reprice (id);

CREATE TABLE repriced_tenant (
  tenant_id uuid NOT NULL,
  report_id uuid NOT NULL,
  billing_cycle text NOT NULL,
  was_price bigint NOT NULL,
  was_overage bigint NOT NULL,
  would_price bigint,
  would_overage bigint,
  CONSTRAINT repriced_tenant_pkey PRIMARY KEY (tenant_id, report_id, billing_cycle),
  CONSTRAINT repriced_tenant_billing_cycle_listed CHECK (billing_cycle IN ('monthly', 'quarterly', 'annual')),
  CONSTRAINT repriced_tenant_has_a_price_or_none CHECK ((would_price IS NULL) = (would_overage IS NULL)),
  CONSTRAINT repriced_tenant_report_id_fkey FOREIGN KEY (report_id) REFERENCES plan_reprice (id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX repriced_tenant_report_id_idx ON repriced_tenant (report_id);

ALTER TABLE plan_reprice NO FORCE ROW LEVEL SECURITY;
INSERT INTO repriced_tenant
SELECT (line ->> 'tenantId')::uuid, id, line ->> 'cycle',
  (line #>> '{was,price}')::bigint, (line #>> '{was,overage}')::bigint,
  (line #>> '{would,price}')::bigint, (line #>> '{would,overage}')::bigint
FROM plan_reprice CROSS JOIN jsonb_array_elements(rows) AS line;
ALTER TABLE plan_reprice DROP COLUMN rows;
ALTER TABLE plan_reprice FORCE ROW LEVEL SECURITY;

ALTER TABLE repriced_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE repriced_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON repriced_tenant
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);

-- The next tenants who held a plan, turn by turn: without it each turn reads every event of everybody.
CREATE INDEX subscription_event_by_plan ON subscription_event (plan_id, tenant_id, at);
