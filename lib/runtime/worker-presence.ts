import type pg from 'pg';
import { listenClient } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';

/** How often workers look for jobs whose worker died, in ms. */
const SWEEP_MS = 2_000;

const MINE = `SELECT pg_advisory_lock(hashtextextended('worker ' || $1, 0))`;

/** Pools of workers that hold a job or a queue and whose lock nobody holds: they are gone. */
const ABSENT = `
  WITH holders AS (
    SELECT locked_by AS id FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
    UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL)
  SELECT id FROM holders WHERE NOT id = ANY ($1)
    AND CASE WHEN pg_try_advisory_lock(hashtextextended('worker ' || id, 0))
             THEN pg_advisory_unlock(hashtextextended('worker ' || id, 0)) ELSE false END`;

const RELEASE = 'SELECT graphile_worker.force_unlock_workers($1)';

/**
 * Shows that this process's workers live, by locks that end with its connection, and gives the jobs
 * of workers that died back to the queue. Left alone, the queue would wait four hours.
 */
export function startPresence(): { announce(workerId: string): void; stop(): Promise<void> } {
  const ids = new Set<string>();
  let suspects = new Set<string>();
  let client: pg.Client | null = null;
  let stopping = false;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const next = listenClient();
    const forget = () => {
      if (client === next) client = null;
    };
    next.on('error', forget);
    next.on('end', forget);
    await next.connect();
    for (const id of ids) await next.query(MINE, [id]);
    client = next;
    return next;
  }

  async function sweep(): Promise<void> {
    const on = await connected();
    const { rows } = await on.query<{ id: string }>(ABSENT, [[...ids]]);
    const absent = new Set(rows.map(({ id }) => id));
    // Twice in a row: a worker that is just reconnecting is not dead.
    const dead = [...absent].filter((id) => suspects.has(id));
    suspects = absent;
    if (dead.length === 0) return;
    await on.query(RELEASE, [dead]);
    log().warn({ workers: dead }, 'jobs of workers that died were given back');
  }

  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = running
      .then(sweep)
      .catch((error: unknown) => log().warn({ err: error }, 'worker presence'));
  };
  const timer = setInterval(turn, SWEEP_MS);
  return {
    announce(workerId) {
      ids.add(workerId);
      running = running
        .then(async () => void (await (await connected()).query(MINE, [workerId])))
        .catch((error: unknown) => log().warn({ err: error }, 'worker presence'));
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(timer);
      await running;
      await client?.end();
    },
  };
}
