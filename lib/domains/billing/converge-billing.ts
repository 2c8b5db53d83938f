import { lockFor, type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { type Applied, applyProviderState } from './apply-provider-state';
import { readProvider } from './read-provider';

const ATTEMPTS = 8;

/** Held until the transaction ends by whoever writes a tenant's billing. */
export function lockBilling(tx: Tx, tenantId: string): Promise<void> {
  return lockFor(tx, tenantId, 'billing');
}

type Reading = { number: number; revision: number; customerId: string; checkoutId: string | null };

/** Takes a number among the readers and says what to read; null without a customer. */
async function beginReading(tx: Tx, tenantId: string): Promise<Reading | null> {
  const [customer] = await tx.billingCustomer.updateManyAndReturn({
    where: { tenantId, gateway: 'stripe' },
    data: { readings: { increment: 1 } },
  });
  if (!customer) return null;
  const waiting = await tx.subscription.findFirst({
    where: { tenantId, status: { in: ['incomplete', 'trialing'] }, checkoutId: { not: null } },
    select: { checkoutId: true },
  });
  const { readings: number, revision, customerId } = customer;
  return { number, revision, customerId, checkoutId: waiting?.checkoutId ?? null };
}

/**
 * Reads the provider outside any transaction and writes under the tenant's lock, but only when
 * nobody wrote in between: then what was read may be the older state (`stale`). So two workers
 * can never leave the older of two answers behind. When somebody who began after `asked` has
 * written, what we were asked to look for is written too (`done`).
 */
async function convergeOnce(
  ctx: Ctx,
  asked: Reading,
  reading: Reading,
): Promise<Applied | 'stale' | 'done'> {
  const { tenantId } = ctx;
  const state = await readProvider(reading.customerId, reading.checkoutId);
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const where = { tenantId_gateway: { tenantId, gateway: 'stripe' } };
    const customer = await tx.billingCustomer.findUniqueOrThrow({ where });
    if (customer.writtenReading > asked.number) return 'done';
    if (customer.revision !== reading.revision) return 'stale';
    await tx.billingCustomer.update({
      where,
      data: {
        revision: { increment: 1 },
        writtenReading: Math.max(customer.writtenReading, reading.number),
        syncedAt: ctx.clock.now(),
      },
    });
    return applyProviderState(tx, ctx, state);
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
  const begin = () => withTenant(ctx, (tx) => beginReading(tx, ctx.tenantId));
  const asked = await begin();
  let reading = asked;
  for (let attempt = 0; asked && reading && attempt < ATTEMPTS; attempt++) {
    const result = await convergeOnce(ctx, asked, reading);
    if (result === 'done') return { changed: false };
    if (result !== 'stale') {
      await tidyProvider(ctx, result);
      if (result.duplicates.length === 0) return { changed: result.changed };
    }
    reading = await begin();
  }
  if (!asked) return { changed: false };
  throw new DomainError(
    'unavailable',
    'billing_busy',
    'Billing is being brought up to date. Try again in a few seconds.',
  );
}
