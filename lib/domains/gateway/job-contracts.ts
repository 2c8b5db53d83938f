import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Clears what no caller can come back for. */
export const clearCallsContract = jobContract({
  name: 'gateway.clear-calls',
  payload: z.strictObject({}),
  scope: 'system',
});
