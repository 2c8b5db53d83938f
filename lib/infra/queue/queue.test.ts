import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { closeDatabase, withNobody } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import { enqueueAll, jobContract } from '.';

const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

const contract = jobContract({
  name: 'test.count',
  scope: 'system',
  payload: z.strictObject({ n: z.int() }),
  maxAttempts: 3,
  queue: ({ n }) => `queue-${n % 2}`,
});
const at = new Date('2026-03-01T12:00:00.000Z');
const queued = async () =>
  (
    await admin.query(
      `SELECT j.key, p.payload, j.max_attempts, j.queue_name, j.run_at FROM graphile_worker.jobs j
       JOIN graphile_worker._private_jobs p USING (id) WHERE j.task_identifier = 'test.count' ORDER BY j.key`,
    )
  ).rows;

describe('many jobs at once', () => {
  it('are queued with what each carries, and replace waiting ones of their keys', async () => {
    const add = (ns: number[]) =>
      withNobody((tx) =>
        enqueueAll(
          tx,
          contract,
          ns.map((n) => ({ payload: { n }, key: `n-${n % 10}`, runAt: at })),
        ),
      );
    await add([1, 2]);
    await add([12, 3]);
    const job = (key: string, n: number) => ({
      key,
      payload: { n },
      max_attempts: 3,
      queue_name: `queue-${n % 2}`,
      run_at: at,
    });
    expect(await queued()).toEqual([job('n-1', 1), job('n-2', 12), job('n-3', 3)]);
  });

  it('are none when there is nothing to do, or when one of them is not of the contract', async () => {
    const before = await queued();
    await withNobody((tx) => enqueueAll(tx, contract, []));
    const wrong = [
      { payload: { n: 7 }, key: 'n-7' },
      { payload: { n: 0.5 }, key: 'n-8' },
    ];
    await expect(withNobody((tx) => enqueueAll(tx, contract, wrong))).rejects.toThrow(z.ZodError);
    expect(await queued()).toEqual(before);
  });
});
