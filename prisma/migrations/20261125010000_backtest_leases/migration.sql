-- A run says who works on it and until when that is to be believed, so that one whose worker died is found.
ALTER TABLE backtest
  ADD COLUMN attempts int NOT NULL DEFAULT 0,
  ADD COLUMN lease uuid,
  ADD COLUMN lease_until timestamptz(3);

CREATE INDEX backtest_unfinished ON backtest (created_at) WHERE status IN ('queued', 'running');
