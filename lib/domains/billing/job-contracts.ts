import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';
import { gatewaySchema } from './schemas';

/** Schedules add a word of their own to what they carry. */
const nothing: z.ZodType<object> = z.object({});

/** Finishes at the provider what a request began and may not have ended. */
export const provisionContract = jobContract({
  name: 'billing.provision',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), subscriptionId: z.uuid() }),
});

/** Makes at the provider what is wished of a subscription, should the request that asked have died. */
export const pushContract = jobContract({
  name: 'billing.push',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), subscriptionId: z.uuid() }),
  maxAttempts: 12,
  queue: ({ tenantId }) => `billing.push:${tenantId}`,
});

/** Tells providers who invoices are made out to, should the request that changed it have died. */
export const pushBuyerContract = jobContract({
  name: 'billing.push_buyer',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
  maxAttempts: 12,
  queue: ({ tenantId }) => `billing.push:${tenantId}`,
});

/** Deals with a stored webhook: finds whose it is and brings that tenant's billing up to date. */
export const receiveContract = jobContract({
  name: 'billing.receive',
  scope: 'system',
  payload: z.strictObject({ eventId: z.string(), provider: gatewaySchema.default('stripe') }),
  maxAttempts: 12,
});

/** Brings one tenant's billing in step with its providers; `toldBy` when one of them said that there is news. */
export const convergeContract = jobContract({
  name: 'billing.converge',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), toldBy: gatewaySchema.optional() }),
  maxAttempts: 12,
});

/** Forgets stored webhooks that were dealt with long ago. */
export const clearWebhooksContract = jobContract({
  name: 'billing.clear_webhooks',
  scope: 'system',
  payload: nothing,
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

/** A setting of overage that was written for this month begins: rights are worked out anew. */
export const beginOverageContract = jobContract({
  name: 'billing.begin_overage',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
});

/** Closes a tenant's months of usage and hands over what they cost beyond the limits. */
export const closeMonthsContract = jobContract({
  name: 'billing.close_months',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
  maxAttempts: 12,
  queue: ({ tenantId }) => `billing.close_months:${tenantId}`,
});

/** Queues a close for every tenant that has something to be closed or corrected. */
export const closeAllContract = jobContract({
  name: 'billing.close_all',
  scope: 'system',
  payload: nothing,
});

/** Looks again at a payment that is overdue or a trial that ends, on the day on which time alone changes something. */
export const dunningContract = jobContract({
  name: 'billing.dunning',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
  maxAttempts: 12,
});

/** Moves a sandbox tenant's clock to where it is wanted, and does what falls due on the way. */
export const travelContract = jobContract({
  name: 'billing.travel',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid() }),
  maxAttempts: 12,
  queue: ({ tenantId }) => `billing.travel:${tenantId}`,
});
/** Sends a refund that was approved, should the request that approved it have died. */
export const refundContract = jobContract({
  name: 'billing.refund',
  scope: 'tenant',
  payload: z.strictObject({ tenantId: z.uuid(), refundId: z.uuid() }),
  maxAttempts: 12,
});
