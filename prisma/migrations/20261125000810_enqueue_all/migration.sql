-- Many jobs in one insert: one by one, ten thousand take longer than a transaction may.
SET ROLE nz_definer;

CREATE FUNCTION door.enqueue_all(p_task text, p_jobs json, p_max_attempts int)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT graphile_worker.add_jobs(ARRAY(
    SELECT ROW (p_task, job.payload, job.queue, job.run_at, p_max_attempts, job.key, NULL, NULL)::graphile_worker.job_spec
    FROM json_to_recordset(p_jobs) AS job (payload json, queue text, run_at timestamptz, key text)))
$$;

GRANT EXECUTE ON FUNCTION door.enqueue_all TO nz_app, nz_system;
SET ROLE nz_owner;
