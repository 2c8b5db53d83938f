import { lockFor, type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { type Applied, applyProviderState } from './apply-provider-state';
import { gatewayOf, offeredGateways } from './gateways/find-gateway';
import type { Gateway } from './gateways/port';
import { convergeContract } from './job-contracts';
import type { MentionedIds } from './provider-state';
import { mentionedIds } from './refunds/mentions';

const ATTEMPTS = 8;

/** A draft is older than the moment in which it becomes an invoice, by some days at most. */
const DRAFT_MS = 7 * 86_400_000;

/** Card networks let a payment be disputed for 540 days at most; what is given back later is found by a comparison. */
const MONEY_BACK_MS = 550 * 86_400_000;

/** Held until the transaction ends by whoever writes a tenant's billing. */
export function lockBilling(tx: Tx, tenantId: string): Promise<void> {
  return lockFor(tx, tenantId, 'billing');
}

/** What can still change or is new here; `all` also looks at what is settled. */
export type Extent = 'recent' | 'all';

type Reading = {
  number: number;
  revision: number;
  customerId: string;
  checkoutId: string | null;
  known: string[];
  mentioned: MentionedIds;
} & Since;

/** From when on the provider's invoices and payments may say something new; null: from the beginning. */
type Since = { since: Date | null; paidSince: Date | null };

type Of = { tenantId: string; gateway: string };

const FROM_THE_BEGINNING: Since = { since: null, paidSince: null };

const earlier = (date: Date, offsetMs: number, open: { createdAt: Date } | null): Date =>
  new Date(Math.min(date.getTime() - offsetMs, open?.createdAt.getTime() ?? date.getTime()));

/** Reckoned from the newest invoice and not from now, for a provider's test clock may stand at any time. */
async function readSince(tx: Tx, where: Of): Promise<Since> {
  const find = (more: object, createdAt: 'asc' | 'desc') =>
    tx.invoice.findFirst({
      where: { ...where, ...more },
      orderBy: { createdAt },
      select: { createdAt: true },
    });
  const newest = await find({}, 'desc');
  if (!newest) return FROM_THE_BEGINNING;
  const unsettled = await find({ status: { in: ['open', 'uncollectible'] } }, 'asc');
  const contested = await find(
    {
      OR: [
        { refunds: { some: { status: { in: ['approved', 'sent'] } } } },
        { disputes: { some: { closedAt: null } } },
      ],
    },
    'asc',
  );
  return {
    since: earlier(newest.createdAt, DRAFT_MS, unsettled),
    paidSince: earlier(newest.createdAt, MONEY_BACK_MS, contested),
  };
}

/** Ids there of those subscriptions that run or wait, or did a moment ago; `all`: of every one that ever did. */
async function knownIds(tx: Tx, where: Of, extent: Extent, now: Date): Promise<string[]> {
  const rows = await tx.subscription.findMany({
    where: {
      ...where,
      providerId: { not: null },
      ...(extent === 'all'
        ? {}
        : { OR: [{ endedAt: null }, { endedAt: { gt: new Date(now.getTime() - DRAFT_MS) } }] }),
    },
    select: { providerId: true },
  });
  return rows.flatMap(({ providerId }) => providerId ?? []);
}

/** Takes a number among the readers and says what to read; null without a customer. */
async function beginReading(
  tx: Tx,
  ctx: Ctx,
  gateway: Gateway,
  extent: Extent,
): Promise<Reading | null> {
  const of: Of = { tenantId: ctx.tenantId, gateway: gateway.name };
  const [customer] = await tx.billingCustomer.updateManyAndReturn({
    where: of,
    data: { readings: { increment: 1 } },
  });
  if (!customer) return null;
  const waiting = await tx.subscription.findFirst({
    where: {
      ...of,
      status: { not: 'cancelled' },
      checkoutId: { not: null },
      // A page whose end is known has no address any more.
      OR: [{ status: 'incomplete' }, { checkoutUrl: { not: null } }],
    },
    select: { checkoutId: true },
  });
  const { readings: number, revision, customerId } = customer;
  const all = extent === 'all';
  const since = all ? FROM_THE_BEGINNING : await readSince(tx, of);
  const now = ctx.clock.now();
  return {
    number,
    revision,
    customerId,
    checkoutId: waiting?.checkoutId ?? null,
    known: await knownIds(tx, of, extent, now),
    mentioned: gateway.listsMoneyBack
      ? { refunds: [], disputes: [], all }
      : await mentionedIds(tx, of, { all, now }),
    ...since,
  };
}

function lookAgain(tx: Tx, tenantId: string, { name }: Gateway, runAt: Date): Promise<void> {
  const key = `look-again:${name}:${tenantId}`;
  return enqueue(tx, convergeContract, { tenantId, toldBy: name }, { key, runAt });
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
  const state = await gateway.pull(reading.customerId, { ...reading, now: ctx.clock.now() });
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
    if (state.lookAgainAt) await lookAgain(tx, tenantId, gateway, state.lookAgainAt);
    return applyProviderState(tx, ctx, state);
  });
}

/** Undoes at the provider what lost against another: forgotten checkouts, a second subscription. */
async function tidyProvider(ctx: Ctx, gateway: Gateway, applied: Applied): Promise<void> {
  for (const page of applied.expireCheckouts) await gatewayOf(page).closeCheckout(page.id);
  for (const id of applied.duplicates) {
    log().warn({ tenantId: ctx.tenantId, subscription: id }, 'second subscription cancelled');
    await gateway.discard(id);
  }
}

async function convergeAt(ctx: Ctx, gateway: Gateway, extent: Extent): Promise<boolean> {
  const begin = () => withTenant(ctx, (tx) => beginReading(tx, ctx, gateway, extent));
  let asked = await begin();
  let reading = asked;
  let changed = false;
  for (let attempt = 0; asked && reading && attempt < ATTEMPTS; attempt++) {
    const result = await convergeOnce(ctx, gateway, asked, reading);
    if (result === 'done') return changed;
    const stale = result === 'stale';
    if (!stale) {
      changed ||= result.changed;
      await tidyProvider(ctx, gateway, result);
      if (result.duplicates.length === 0 && !result.consentTaken) return changed;
    }
    reading = await begin();
    // What we did there is a new question; what was only read too late is the same one.
    if (!stale) asked = reading;
  }
  if (!asked) return false;
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
  for (const gateway of offeredGateways()) {
    changed = (await convergeAt(ctx, gateway, extent)) || changed;
  }
  return { changed };
}
