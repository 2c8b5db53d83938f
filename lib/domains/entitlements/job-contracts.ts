import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** A grant begins or ends: what the gateway reads is added up again. */
export const refreshContract = jobContract({
  name: 'entitlements.refresh',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
});
