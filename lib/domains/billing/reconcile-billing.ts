import { type Tx, withSystem } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueueAll } from '@/lib/infra/queue';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import {
  convergeContract,
  dunningContract,
  provisionContract,
  pushContract,
  receiveContract,
  refundContract,
  travelContract,
} from './job-contracts';
import { convergeBilling } from './converge-billing';
import { TRIAL_NOTICE_DAYS, trialNoticeAt } from './mails/follow-trial';
import { followMove } from './moves/follow-move';
import { reportUsage } from './overage/report-usage';
import { type GatewayName, gatewaySchema } from './schemas';

/** A webhook that waits longer than this has lost its job. */
const FORGOTTEN_MS = 3_600_000;
const DAY = 86_400_000;
/** Comparisons are spread, so that a large installation doesn't run into the provider's limits. */
const SPREAD_MS = 200;

/** Clocks on their way that stood still for longer: whoever moved them gave up, and nobody else may move them. */
async function queueStuckClocks(tx: Tx, before: Date): Promise<number> {
  const stuck = await tx.tenantClock.findMany({
    where: { target: { not: null }, movedAt: { lt: before } },
    select: { tenantId: true },
  });
  await enqueueAll(
    tx,
    travelContract,
    stuck.map(({ tenantId }) => ({ payload: { tenantId }, key: `travel:${tenantId}` })),
  );
  return stuck.length;
}

/**
 * Looks on its day at each trial that ends soon: of an organisation that bought nothing yet, no provider tells. A job that
 * waits for that day already is the same one.
 */
async function queueTrialNotices(tx: Tx, now: Date): Promise<void> {
  const until = new Date(now.getTime() + (TRIAL_NOTICE_DAYS + 2) * DAY);
  const tenants = await tx.tenant.findMany({
    where: { trialEndsAt: { gt: now, lt: until }, deletedAt: null },
    select: { id: true, trialEndsAt: true },
  });
  const standing = await tx.tenantClock.findMany({
    where: { tenantId: { in: tenants.map(({ id }) => id) } },
    select: { tenantId: true },
  });
  const sandboxes = new Set(standing.map(({ tenantId }) => tenantId));
  await enqueueAll(
    tx,
    dunningContract,
    tenants
      .filter(({ id }) => !sandboxes.has(id))
      .map(({ id, trialEndsAt }) => ({
        payload: { tenantId: id },
        key: `trial:${id}`,
        runAt: trialNoticeAt(trialEndsAt),
      })),
  );
}

/**
 * Subscriptions that a request began to make or to change, and refunds that it approved, and no job finished: older than `before`; of
 * sandboxes, in whose time nothing grows old while it stands, whatever there is, for doing it twice has no second effect.
 */
async function queueUnfinished(tx: Tx, before: Date): Promise<number> {
  const clocks = await tx.tenantClock.findMany({ select: { tenantId: true } });
  const inSandbox = { tenantId: { in: clocks.map(({ tenantId }) => tenantId) } };
  const unfinished = await tx.subscription.findMany({
    where: {
      status: 'incomplete',
      checkoutId: null,
      OR: [{ createdAt: { lt: before } }, inSandbox],
    },
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
  const unpushed = await tx.subscription.findMany({
    where: {
      pushedRevision: { lt: tx.subscription.fields.wishRevision },
      OR: [{ updatedAt: { lt: before } }, inSandbox],
    },
    select: { tenantId: true, id: true },
  });
  await enqueueAll(
    tx,
    pushContract,
    unpushed.map(({ tenantId, id }) => ({
      payload: { tenantId, subscriptionId: id },
      key: `push:${id}`,
    })),
  );
  const unsent = await tx.refund.findMany({
    where: { status: 'approved', OR: [{ updatedAt: { lt: before } }, inSandbox] },
    select: { tenantId: true, id: true },
  });
  await enqueueAll(
    tx,
    refundContract,
    unsent.map(({ tenantId, id }) => ({
      payload: { tenantId, refundId: id },
      key: `refund:${id}`,
    })),
  );
  const stuck = await queueStuckClocks(tx, before);
  return unfinished.length + unpushed.length + unsent.length + stuck;
}

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
    const customers = await tx.billingCustomer.findMany({
      distinct: ['tenantId'],
      select: { tenantId: true },
    });
    await enqueueAll(
      tx,
      convergeContract,
      customers.map(({ tenantId }, index) => ({
        payload: { tenantId },
        // Not the key of those that a webhook queues: it would put them off, and they would take its place.
        key: `compare:${tenantId}`,
        runAt: new Date(now.getTime() + index * SPREAD_MS),
      })),
    );
    const waiting = await tx.webhookInbox.findMany({
      where: { processedAt: null, receivedAt: { lt: before } },
      select: { provider: true, eventId: true },
    });
    await enqueueAll(
      tx,
      receiveContract,
      waiting.map(({ provider, eventId }) => ({
        payload: { provider: gatewaySchema.parse(provider), eventId },
        key: `receive:${eventId}`,
      })),
    );
    await queueTrialNotices(tx, now);
    const unfinished = await queueUnfinished(tx, before);
    return {
      tenants: customers.length,
      webhooks: waiting.length,
      unfinished,
    };
  });
}

/**
 * One tenant's comparison, settled invoices too. What we hadn't heard of is taken over, and reported: a
 * webhook should have told. Where the provider has something else than was wished, that is kept for operators.
 */
export async function healTenant(ctx: Ctx): Promise<void> {
  const { tenantId } = ctx;
  const { changed } = await convergeBilling(ctx, 'all');
  if (changed) log().warn({ tenantId }, 'billing had fallen behind the provider');
  await followMove(ctx);
  await reportUsage(ctx, { compare: true });
}

/** Looks because a provider said that there is news. */
export async function followProvider(ctx: Ctx, provider: GatewayName): Promise<void> {
  await convergeBilling({ ...ctx, actor: { kind: 'webhook', provider } });
}
