import { expect, it } from 'vitest';
import { seededRandom, tenantStorm } from '@/lib/testing/tenant-storm';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();

it('never runs an operation in the wrong tenant: 50 workers, 5 connections, a tenth aborted', async () => {
  const result = await tenantStorm(database.appUrl, {
    workers: 50,
    poolSize: 5,
    operations: 2_000,
    random: seededRandom(20_261_123),
  });
  expect(result.operations).toBe(2_000);
  expect(result.aborted).toBeGreaterThan(100);
  expect(result.wrong).toBe(0);
});
