import { lockFor, type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { type Applied, applyProviderState } from './apply-provider-state';
import { gateways } from './gateways/find-gateway';
import type { Gateway } from './gateways/port';

const ATTEMPTS = 8;

/** A draft is older than the moment in which it becomes an invoice, by some days at most. */
const DRAFT_MS = 7 * 86_400_000;

/** Held until the transaction ends by whoever writes a tenant's billing. */
export function lockBilling(tx: Tx, tenantId: string): Promise<void> {
  return lockFor(tx, tenantId, 'billing');
}

/** Invoices that can still change or are new here; `all` also looks at those that are settled. */
export type Extent = 'recent' | 'all';

type Reading = {
  number: number;
  revision: number;
  customerId: string;
  checkoutId: string | null;
  since: Date | null;
};

/** From when on the provider's invoices may say something new; null: from the beginning. */
async function invoicesSince(tx: Tx, tenantId: string): Promise<Date | null> {
  const unsettled = await tx.invoice.findFirst({
    where: { tenantId, status: { in: ['open', 'uncollectible'] } },
    orderBy: { createdAt: 'asc' },
    select: { createdAt: true },
  });
  const newest = await tx.invoice.findFirst({
    where: { tenantId },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  if (!newest) return null;
  const drafts = newest.createdAt.getTime() - DRAFT_MS;
  return new Date(Math.min(drafts, unsettled?.createdAt.getTime() ?? drafts));
}

/** Takes a number among the readers and says what to read; null without a customer. */
async function beginReading(
  tx: Tx,
  tenantId: string,
  gateway: Gateway,
  extent: Extent,
): Promise<Reading | null> {
  const [customer] = await tx.billingCustomer.updateManyAndReturn({
    where: { tenantId, gateway: gateway.name },
    data: { readings: { increment: 1 } },
  });
  if (!customer) return null;
  const waiting = await tx.subscription.findFirst({
    where: {
      tenantId,
      gateway: gateway.name,
      status: { in: ['incomplete', 'trialing'] },
      checkoutId: { not: null },
    },
    select: { checkoutId: true },
  });
  const { readings: number, revision, customerId } = customer;
  const since = extent === 'all' ? null : await invoicesSince(tx, tenantId);
  return { number, revision, customerId, checkoutId: waiting?.checkoutId ?? null, since };
}

/**
 * Reads the provider outside any transaction and writes under the tenant's lock, but only when
 * nobody wrote in between: then what was read may be the older state (`stale`). So two workers
 * can never leave the older of two answers behind. When somebody who began after `asked` has
 * written, what we were asked to look for is written too (`done`).
 */
async function convergeOnce(
  ctx: Ctx,
  gateway: Gateway,
  asked: Reading,
  reading: Reading,
): Promise<Applied | 'stale' | 'done'> {
  const { tenantId } = ctx;
  const state = await gateway.pull(reading.customerId, reading);
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const where = { tenantId_gateway: { tenantId, gateway: gateway.name } };
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
async function tidyProvider(ctx: Ctx, gateway: Gateway, applied: Applied): Promise<void> {
  for (const id of applied.expireCheckouts) await gateway.closeCheckout(id);
  for (const id of applied.duplicates) {
    log().warn({ tenantId: ctx.tenantId, subscription: id }, 'second subscription cancelled');
    await gateway.discard(id);
  }
}

async function convergeAt(ctx: Ctx, gateway: Gateway, extent: Extent): Promise<boolean> {
  const begin = () => withTenant(ctx, (tx) => beginReading(tx, ctx.tenantId, gateway, extent));
  const asked = await begin();
  if (!asked) return false;
  let reading: Reading | null = asked;
  for (let attempt = 0; reading && attempt < ATTEMPTS; attempt++) {
    const result = await convergeOnce(ctx, gateway, asked, reading);
    if (result === 'done') return false;
    if (result !== 'stale') {
      await tidyProvider(ctx, gateway, result);
      if (result.duplicates.length === 0) return result.changed;
    }
    reading = await begin();
  }
  throw new DomainError(
    'unavailable',
    'billing_busy',
    'Billing is being brought up to date. Try again in a few seconds.',
  );
}

/**
 * Brings a tenant's subscriptions, invoices and rights in step with its providers. Harmless at any
 * time, any number of times, from anywhere. Returns whether anything was different.
 */
export async function convergeBilling(
  ctx: Ctx,
  extent: Extent = 'recent',
): Promise<{ changed: boolean }> {
  let changed = false;
  for (const gateway of gateways) {
    changed = (await convergeAt(ctx, gateway, extent)) || changed;
  }
  return { changed };
}
