-- What the code promises, kept by the database as well: closed lists, plans that exist, ends after starts.
-- The lists are compared with the code's own by prisma/closed-lists.test.ts.
ALTER TABLE tenant
  ADD CONSTRAINT tenant_status_listed CHECK (status IN ('trial', 'active', 'past_due', 'suspended', 'cancelled')),
  ADD CONSTRAINT tenant_type_listed CHECK (type IN ('individual', 'small_business', 'enterprise', 'institutional'));
ALTER TABLE membership
  ADD CONSTRAINT membership_role_listed CHECK (role IN ('owner', 'admin', 'manager', 'trader', 'analyst', 'viewer', 'auditor', 'billing')),
  ADD CONSTRAINT membership_status_listed CHECK (status IN ('active', 'pending'));
ALTER TABLE invitation
  ADD CONSTRAINT invitation_role_listed CHECK (role IN ('owner', 'admin', 'manager', 'trader', 'analyst', 'viewer', 'auditor', 'billing'));
ALTER TABLE entitlement
  ADD CONSTRAINT entitlement_source_listed CHECK (source IN ('trial', 'subscription', 'none'));
ALTER TABLE entitlement_grant
  ADD CONSTRAINT entitlement_grant_source_listed CHECK (source IN ('override', 'addon', 'grant')),
  ADD CONSTRAINT entitlement_grant_ends_after_start CHECK (ends_at > starts_at);
ALTER TABLE billing_customer
  ADD CONSTRAINT billing_customer_gateway_listed CHECK (gateway IN ('stripe', 'paypal'));
ALTER TABLE subscription
  ADD CONSTRAINT subscription_status_listed CHECK (status IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'cancelled', 'unpaid')),
  ADD CONSTRAINT subscription_billing_cycle_listed CHECK (billing_cycle IN ('monthly', 'quarterly', 'annual')),
  ADD CONSTRAINT subscription_gateway_listed CHECK (gateway IN ('stripe', 'paypal'));
ALTER TABLE invoice
  ADD CONSTRAINT invoice_status_listed CHECK (status IN ('open', 'paid', 'uncollectible', 'void')),
  ADD CONSTRAINT invoice_currency_is_lower_case CHECK (currency = lower(currency));

-- A plan version that rights or a subscription name can't go.
ALTER TABLE entitlement ADD CONSTRAINT entitlement_plan_id_plan_version_fkey
  FOREIGN KEY (plan_id, plan_version) REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE subscription ADD CONSTRAINT subscription_plan_id_plan_version_fkey
  FOREIGN KEY (plan_id, plan_version) REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX entitlement_plan_id_plan_version_idx ON entitlement (plan_id, plan_version);
CREATE INDEX subscription_plan_id_plan_version_idx ON subscription (plan_id, plan_version);

-- What is looked for: invoices of a subscription, the log by kind of act, rows that have had their time.
CREATE INDEX invoice_tenant_id_subscription_id_idx ON invoice (tenant_id, subscription_id);
CREATE INDEX audit_event_by_action ON audit_event (tenant_id, action text_pattern_ops, id);
CREATE INDEX outbox_relayed ON outbox (relayed_at) WHERE relayed_at IS NOT NULL;
CREATE INDEX subscription_unfinished ON subscription (created_at) WHERE status = 'incomplete' AND checkout_id IS NULL;

-- Lists go by id, which sorts by time: nobody reads these.
DROP INDEX audit_event_tenant_id_at_idx;
DROP INDEX strategy_tenant_id_created_at_idx;
