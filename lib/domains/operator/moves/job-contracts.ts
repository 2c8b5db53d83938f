import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Writes down, tenant by tenant, whom a move to another version of a plan is about. */
export const spreadMoveContract = jobContract({
  name: 'operator.spread_move',
  scope: 'system',
  payload: z.strictObject({ id: z.uuid() }),
});
