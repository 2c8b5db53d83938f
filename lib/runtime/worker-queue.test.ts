import pg from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { closeDatabase, withSystem } from '@/lib/infra/db';
import { enqueue, jobContract, jobHandler, type JobHandler } from '@/lib/infra/queue';
import { useTestDatabase } from '@/lib/testing/test-database';
import { startQueue } from './worker-queue';

const database = useTestDatabase();
afterAll(() => closeDatabase());

const slow = jobContract({ name: 'test.slow', scope: 'system', payload: z.strictObject({}) });
const timed = jobContract({
  name: 'test.timed',
  scope: 'system',
  payload: z.strictObject({ days: z.int() }),
});

/** Holders of jobs in hand, and whether somebody shows that they live. */
const HOLDERS = `
  SELECT locked_by AS holder, NOT pg_try_advisory_xact_lock(hashtextextended('worker ' || locked_by, 0)) AS present
  FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL`;

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

it('shows that it lives while it holds a job, so that nobody gives the job to another', async () => {
  let finish = () => {};
  const begun = vi.fn<() => void>();
  const handler = jobHandler(slow, async () => {
    begun();
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  const queue = await startQueue([handler], []);
  await withSystem('test', (tx) => enqueue(tx, slow, {}));
  await vi.waitFor(() => expect(begun).toHaveBeenCalledOnce(), 20_000);
  await asAdmin((client) =>
    vi.waitFor(async () => {
      const { rows } = await client.query<{ holder: string; present: boolean }>(HOLDERS);
      expect(rows).toEqual([{ holder: expect.any(String), present: true }]);
    }, 20_000),
  );
  finish();
  await queue.stop();
});

it('hands a scheduled job the payload it was given, without the queue’s own remarks', async () => {
  const run = vi.fn<JobHandler['run']>(async () => undefined);
  const queue = await startQueue([jobHandler(timed, run)], []);
  await asAdmin((client) =>
    client.query(`SELECT graphile_worker.add_job('test.timed',
      '{"days": 3, "_cron": {"ts": "2026-11-23T00:00:00Z", "backfilled": false}}'::json)`),
  );
  await vi.waitFor(() => expect(run).toHaveBeenCalledOnce(), 20_000);
  expect(run).toHaveBeenCalledWith(expect.anything(), { days: 3 }, expect.anything());
  await queue.stop();
});
