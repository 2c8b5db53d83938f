import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Runs a queued back-test. Doing it again, after a crash, ends in the same result. */
export const runBacktestContract = jobContract({
  name: 'backtests.run',
  payload: z.strictObject({ tenantId: z.uuid(), backtestId: z.uuid() }),
  scope: 'tenant',
  maxAttempts: 5,
});
