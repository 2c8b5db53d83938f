import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Takes the next step of a tenant's move to another version of its plan. */
export const followMoveContract = jobContract({
  name: 'billing.follow_move',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
  maxAttempts: 12,
  queue: ({ tenantId }) => `billing.push:${tenantId}`,
});
