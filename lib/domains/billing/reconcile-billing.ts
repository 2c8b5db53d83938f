import { withSystem } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueueAll } from '@/lib/infra/queue';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { convergeContract, provisionContract, receiveContract } from './job-contracts';
import { convergeBilling } from './converge-billing';

/** A webhook that waits longer than this has lost its job. */
const FORGOTTEN_MS = 3_600_000;
/** Comparisons are spread, so that a large installation doesn't run into the provider's limits. */
const SPREAD_MS = 200;

/**
 * Looks for whatever fell through: queues a comparison for every customer, what a request began
 * and no job ended, and webhooks that were stored and never dealt with.
 */
export async function reconcileBilling(
  ctx: PublicCtx,
): Promise<{ tenants: number; webhooks: number; unfinished: number }> {
  const now = ctx.clock.now();
  const before = new Date(now.getTime() - FORGOTTEN_MS);
  return withSystem('billing.reconcile', async (tx) => {
    const customers = await tx.billingCustomer.findMany({ select: { tenantId: true } });
    await enqueueAll(
      tx,
      convergeContract,
      customers.map(({ tenantId }, index) => ({
        payload: { tenantId },
        key: `converge:${tenantId}`,
        runAt: new Date(now.getTime() + index * SPREAD_MS),
      })),
    );
    const waiting = await tx.webhookInbox.findMany({
      where: { provider: 'stripe', processedAt: null, receivedAt: { lt: before } },
      select: { eventId: true },
    });
    await enqueueAll(
      tx,
      receiveContract,
      waiting.map(({ eventId }) => ({ payload: { eventId }, key: `receive:${eventId}` })),
    );
    const unfinished = await tx.subscription.findMany({
      where: { status: 'incomplete', checkoutId: null, createdAt: { lt: before } },
      select: { tenantId: true, id: true },
    });
    await enqueueAll(
      tx,
      provisionContract,
      unfinished.map(({ tenantId, id }) => ({
        payload: { tenantId, subscriptionId: id },
        key: `provision:${id}`,
      })),
    );
    return {
      tenants: customers.length,
      webhooks: waiting.length,
      unfinished: unfinished.length,
    };
  });
}

/** One tenant's comparison. A difference is healed, and reported: a webhook should have told. */
export async function healTenant(ctx: Ctx): Promise<void> {
  const { changed } = await convergeBilling(ctx);
  if (changed) log().warn({ tenantId: ctx.tenantId }, 'billing had drifted from the provider');
}
