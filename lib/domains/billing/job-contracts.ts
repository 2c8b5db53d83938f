import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/** Schedules add a word of their own to what they carry. */
const nothing: z.ZodType<object> = z.object({});

/** Finishes at the provider what a request began and may not have ended. */
export const provisionContract = jobContract({
  name: 'billing.provision',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), subscriptionId: z.uuid() }),
});

/** Deals with a stored webhook: finds whose it is and brings that tenant's billing up to date. */
export const receiveContract = jobContract({
  name: 'billing.receive',
  scope: 'system',
  payload: z.strictObject({ eventId: z.string() }),
  maxAttempts: 12,
});

/** Brings one tenant's billing in step with the provider. */
export const convergeContract = jobContract({
  name: 'billing.converge',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
});

/** Compares every tenant that pays, and every webhook left over, with the provider. */
export const reconcileContract = jobContract({
  name: 'billing.reconcile',
  scope: 'system',
  payload: nothing,
});

/** Products and prices of the catalogue at the provider. */
export const syncCatalogueContract = jobContract({
  name: 'billing.sync_catalogue',
  scope: 'system',
  payload: nothing,
});
