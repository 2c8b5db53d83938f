import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

const nothing = z.strictObject({});

/** Clears stream messages and flushes that nobody can ask for any more. */
export const clearStreamsContract = jobContract({
  name: 'usage.clear-streams',
  payload: nothing,
  scope: 'system',
});
