import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** How often a run is begun before it is given up, however its attempts ended. */
export const MOST_ATTEMPTS = 5;

/** Runs a queued back-test. Doing it again, after a crash, ends in the same result. */
export const runBacktestContract = jobContract({
  name: 'backtests.run',
  payload: z.strictObject({ tenantId: z.uuid(), backtestId: z.uuid() }),
  scope: 'tenant',
  maxAttempts: MOST_ATTEMPTS,
});

/** Begins the key of a run's job: the back-test's id follows. A run has one waiting job at most. */
export const RUN_KEY = 'backtest:';

/** Finds runs that nobody works on, and begins them anew or ends them. */
export const sweepBacktestsContract = jobContract({
  name: 'backtests.sweep',
  payload: z.strictObject({}),
  scope: 'system',
  maxAttempts: 1,
});
