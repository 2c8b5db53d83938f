-- Moving those who have an older version of a plan to the one on sale: what an operator asked for, and what becomes of it
-- tenant by tenant.
CREATE TABLE plan_move (
  id uuid NOT NULL,
  plan_id text NOT NULL,
  to_version integer NOT NULL,
  from_versions jsonb NOT NULL,
  moment text NOT NULL,
  notice_days integer NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  last_tenant uuid,
  asked_by uuid NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  spread_at timestamptz(3),
  cancelled_at timestamptz(3),
  CONSTRAINT plan_move_pkey PRIMARY KEY (id),
  CONSTRAINT plan_move_plan_id_to_version_fkey FOREIGN KEY (plan_id, to_version)
    REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT plan_move_moment_listed CHECK (moment IN ('renewal', 'now')),
  CONSTRAINT plan_move_counts CHECK (notice_days >= 0 AND total >= 0 AND done >= 0)
);
CREATE INDEX plan_move_plan_id_to_version_idx ON plan_move (plan_id, to_version);
ALTER TABLE plan_move ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_move FORCE ROW LEVEL SECURITY;

CREATE TABLE plan_move_part (
  tenant_id uuid NOT NULL,
  move_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id text NOT NULL,
  from_version integer NOT NULL,
  to_version integer NOT NULL,
  moment text NOT NULL,
  notice_days integer NOT NULL,
  state text NOT NULL,
  reason text,
  withdrawn boolean NOT NULL DEFAULT false,
  asks integer NOT NULL DEFAULT 0,
  effective_at timestamptz(3),
  noticed_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT plan_move_part_pkey PRIMARY KEY (tenant_id, move_id),
  CONSTRAINT plan_move_part_move_id_fkey FOREIGN KEY (move_id)
    REFERENCES plan_move (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT plan_move_part_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id)
    REFERENCES subscription (tenant_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT plan_move_part_plan_id_listed CHECK (plan_id IN ('starter', 'professional', 'enterprise', 'institutional')),
  CONSTRAINT plan_move_part_moment_listed CHECK (moment IN ('renewal', 'now')),
  CONSTRAINT plan_move_part_state_listed
    CHECK (state IN ('queued', 'noticed', 'asked', 'moved', 'left_out', 'refused', 'cancelled')),
  CONSTRAINT plan_move_part_reason_listed
    CHECK (reason IN ('in_another_move', 'ended', 'ending', 'changed', 'changing', 'gateway_cannot', 'no_price', 'drift'))
);
CREATE INDEX plan_move_part_move_id_tenant_id_idx ON plan_move_part (move_id, tenant_id);
CREATE INDEX plan_move_part_tenant_id_subscription_id_idx ON plan_move_part (tenant_id, subscription_id);
-- One at a time for each subscription.
CREATE UNIQUE INDEX plan_move_part_open ON plan_move_part (tenant_id, subscription_id)
  WHERE state IN ('queued', 'noticed', 'asked');

ALTER TABLE plan_move_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_move_part FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON plan_move_part
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, UPDATE ON plan_move_part TO nz_app;

-- A report may also price everybody by a version that is published.
ALTER TABLE plan_reprice ADD COLUMN version integer;
