import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { type Applied, applyProviderState } from './apply-provider-state';
import { readProvider } from './read-provider';

const ATTEMPTS = 8;

/** Held until the transaction ends by whoever writes a tenant's billing. */
export async function lockBilling(tx: Tx, tenantId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`billing:${tenantId}`}, 0))`;
}

async function whatToRead(tx: Tx, tenantId: string) {
  const customer = await tx.billingCustomer.findUnique({
    where: { tenantId_gateway: { tenantId, gateway: 'stripe' } },
  });
  const waiting = await tx.subscription.findFirst({
    where: { tenantId, status: { in: ['incomplete', 'trialing'] }, checkoutId: { not: null } },
    select: { checkoutId: true },
  });
  return customer && { ...customer, checkoutId: waiting?.checkoutId ?? null };
}

/**
 * Reads the provider outside any transaction and writes under the tenant's lock, but only when
 * nobody wrote in between: then what was read may be the older state, and is read again. So two
 * workers can never leave the older of two answers behind.
 */
async function convergeOnce(ctx: Ctx): Promise<Applied | 'stale' | 'nothing'> {
  const { tenantId } = ctx;
  const before = await withTenant(ctx, (tx) => whatToRead(tx, tenantId));
  if (!before) return 'nothing';
  const state = await readProvider(before.customerId, before.checkoutId);
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const turn = await tx.billingCustomer.updateMany({
      where: { tenantId, gateway: 'stripe', revision: before.revision },
      data: { revision: { increment: 1 }, syncedAt: ctx.clock.now() },
    });
    return turn.count === 0 ? 'stale' : applyProviderState(tx, ctx, state);
  });
}

/** Undoes at the provider what lost against another: forgotten checkouts, a second subscription. */
async function tidyProvider(ctx: Ctx, applied: Applied): Promise<void> {
  for (const id of applied.expireCheckouts) await expireCheckout(id);
  for (const id of applied.duplicates) {
    log().warn({ tenantId: ctx.tenantId, subscription: id }, 'second subscription cancelled');
    await callStripe((stripe) =>
      stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true }),
    ).catch((error: unknown) => {
      if (stripeErrorCode(error) !== 'resource_missing') throw error;
    });
  }
}

/** Closes a hosted page. False when it can't be closed any more: completed, or expired already. */
export async function expireCheckout(checkoutId: string): Promise<boolean> {
  const session = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  if (session.status !== 'open') return session.status === 'expired';
  try {
    await callStripe((stripe) => stripe.checkout.sessions.expire(checkoutId));
    return true;
  } catch (error) {
    // Completed, or expired, in the moment between the two calls.
    const again = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
    if (again.status === 'open') throw error;
    return again.status === 'expired';
  }
}

/**
 * Brings a tenant's subscriptions, invoices and rights in step with the provider. Harmless at any
 * time, any number of times, from anywhere. Returns whether anything was different.
 */
export async function convergeBilling(ctx: Ctx): Promise<{ changed: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = await convergeOnce(ctx);
    if (result === 'nothing') return { changed: false };
    if (result === 'stale') continue;
    await tidyProvider(ctx, result);
    if (result.duplicates.length === 0) return { changed: result.changed };
  }
  throw new DomainError(
    'unavailable',
    'billing_busy',
    'Billing is being brought up to date. Try again in a few seconds.',
  );
}
