-- What is wished of a subscription, apart from what its provider says. Rows that are there wish for what they have.
ALTER TABLE subscription
  ADD COLUMN provider_next jsonb,
  ADD COLUMN wish_plan_id text,
  ADD COLUMN wish_plan_version integer,
  ADD COLUMN wish_cycle text,
  ADD COLUMN next_plan_id text,
  ADD COLUMN next_plan_version integer,
  ADD COLUMN next_cycle text,
  ADD COLUMN wish_end text NOT NULL DEFAULT 'none',
  ADD COLUMN wish_paused boolean NOT NULL DEFAULT false,
  ADD COLUMN card_on_file boolean NOT NULL DEFAULT false,
  ADD COLUMN wish_revision integer NOT NULL DEFAULT 0,
  ADD COLUMN pushed_revision integer NOT NULL DEFAULT 0,
  ADD COLUMN wish_before jsonb;

-- Under FORCE the owner's update would see no row and change nothing, silently.
ALTER TABLE subscription NO FORCE ROW LEVEL SECURITY;
UPDATE subscription SET
  wish_plan_id = plan_id,
  wish_plan_version = plan_version,
  wish_cycle = billing_cycle,
  wish_paused = status = 'paused',
  wish_end = CASE WHEN status = 'cancelled' THEN 'now' WHEN cancel_at IS NOT NULL THEN 'period_end' ELSE 'none' END;
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription
  ALTER COLUMN wish_plan_id SET NOT NULL,
  ALTER COLUMN wish_plan_version SET NOT NULL,
  ALTER COLUMN wish_cycle SET NOT NULL,
  ADD CONSTRAINT subscription_wish_cycle_listed CHECK (wish_cycle IN ('monthly', 'quarterly', 'annual')),
  ADD CONSTRAINT subscription_next_cycle_listed CHECK (next_cycle IN ('monthly', 'quarterly', 'annual')),
  ADD CONSTRAINT subscription_wish_end_listed CHECK (wish_end IN ('none', 'period_end', 'now')),
  ADD CONSTRAINT subscription_next_is_whole CHECK (num_nulls(next_plan_id, next_plan_version, next_cycle) IN (0, 3)),
  ADD CONSTRAINT subscription_pushed_was_wished CHECK (pushed_revision BETWEEN 0 AND wish_revision),
  ADD CONSTRAINT subscription_wish_plan_id_wish_plan_version_fkey
    FOREIGN KEY (wish_plan_id, wish_plan_version) REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT subscription_next_plan_id_next_plan_version_fkey
    FOREIGN KEY (next_plan_id, next_plan_version) REFERENCES plan_version (plan_id, version) ON DELETE RESTRICT ON UPDATE CASCADE;

-- Wishes that no push has made true yet.
CREATE INDEX subscription_unpushed ON subscription (updated_at) WHERE pushed_revision < wish_revision;

CREATE INDEX subscription_wish_plan_id_wish_plan_version_idx ON subscription (wish_plan_id, wish_plan_version);
CREATE INDEX subscription_next_plan_id_next_plan_version_idx ON subscription (next_plan_id, next_plan_version);
