import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Fills a report of what a draft would have charged. */
export const repriceContract = jobContract({
  name: 'operator.reprice',
  scope: 'system',
  payload: z.strictObject({ id: z.uuid() }),
});
