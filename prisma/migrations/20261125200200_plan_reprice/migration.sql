-- Reports of what a draft of a plan would have charged, for operators alone: one a plan, the last asked for.
CREATE TABLE plan_reprice (
  plan_id text NOT NULL,
  id uuid NOT NULL,
  revision integer NOT NULL,
  content jsonb NOT NULL,
  months integer NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  last_tenant uuid,
  rows jsonb NOT NULL DEFAULT '[]',
  asked_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT plan_reprice_pkey PRIMARY KEY (plan_id),
  CONSTRAINT plan_reprice_plan_id_listed CHECK (plan_id IN ('starter', 'professional', 'enterprise', 'institutional'))
);
ALTER TABLE plan_reprice ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_reprice FORCE ROW LEVEL SECURITY;
