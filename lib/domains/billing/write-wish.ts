import { recordAudit } from '@/lib/domains/audit';
import { type Prisma, type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { lockBilling } from './converge-billing';
import { driftOf } from './drift/subscription-drift';
import { pushContract } from './job-contracts';
import { gatewayOf } from './gateways/find-gateway';
import { orLeaveToJob, RECOVERY_MS } from './leave-to-job';
import { type Command, requireCommand } from './lifecycle';
import { pushWish } from './push-wish';
import { requireAbility } from './require-ability';
import type { SubscriptionRow } from './to-dto';
import {
  columnsOfWish,
  discountAtProvider,
  providerWish,
  runningDiscount,
  type Wish,
  wishOf,
} from './wish';

/** A change of what is wished: who may ask it, what it makes of the wish, and how the log calls it. */
export type Request = {
  command: Command;
  wish: Wish;
  audit: { action: string; before?: Prisma.InputJsonObject; after?: Prisma.InputJsonObject };
  /** Why it ends, as somebody said; null takes back what was said before. */
  cancelReason?: string | null;
};

/** What a new wish starts from: the last one; where the provider went another way meanwhile, what it has. */
export function wishToChange(row: SubscriptionRow): Wish {
  if (driftOf(row).length > 0) return providerWish(row);
  const wish = wishOf(row);
  return { ...wish, discount: discountAtProvider(wish, runningDiscount(row), false) };
}

function requireSame(row: SubscriptionRow, now: SubscriptionRow): void {
  if (now.pushedRevision < now.wishRevision) {
    throw conflict(
      'subscription_changing',
      'A change that was asked for before is still being made. It goes on by itself; try again in a minute.',
    );
  }
  if (now.wishRevision !== row.wishRevision || now.status !== row.status) {
    throw conflict(
      'subscription_changed',
      'Somebody else changed this subscription in this moment. Look at it again before you go on.',
    );
  }
}

/** Has a job make the wish true, should this process die before it does. */
export async function queuePush(tx: Tx, ctx: Ctx, subscriptionId: string): Promise<void> {
  const { tenantId } = ctx;
  await enqueue(
    tx,
    pushContract,
    { tenantId, subscriptionId },
    {
      afterMs: RECOVERY_MS,
      key: `push:${subscriptionId}`,
    },
  );
}

/**
 * Writes down what is wished, with audit, event and a job that makes it true should this process die, in the caller's
 * transaction. What it is made true by comes after: `fulfilWish`.
 * `row` is what the request was made from. Throws 409 `subscription_changed` when it isn't that any
 * more, `subscription_changing` while the wish before is on its way, `gateway_cannot` for what the
 * provider can't do at all, or what the status refuses with.
 */
export async function writeWish(
  tx: Tx,
  ctx: Ctx,
  row: SubscriptionRow,
  request: Request,
): Promise<void> {
  const { tenantId } = ctx;
  const { id } = row;
  requireAbility(gatewayOf(row), request.command);
  const where = { tenantId_id: { tenantId, id } };
  await lockBilling(tx, tenantId);
  const now = await tx.subscription.findUniqueOrThrow({ where });
  requireSame(row, now);
  requireCommand(now.status as Parameters<typeof requireCommand>[0], request.command);
  const { cancelReason } = request;
  await tx.subscription.update({
    where,
    data: {
      ...columnsOfWish(request.wish),
      ...(cancelReason === undefined ? {} : { cancelReason }),
      wishBefore: wishToChange(now),
      wishRevision: { increment: 1 },
      updatedAt: ctx.clock.now(),
    },
  });
  await recordAudit(tx, ctx, { ...request.audit, object: { type: 'subscription', id } });
  await emit(tx, ctx, 'subscription.changed', {
    id: publicId('subscription', id),
    status: now.status,
    plan_id: now.planId,
  });
  await queuePush(tx, ctx, id);
}

/**
 * Makes true at the provider what was written down. What the provider refuses for good is set back and thrown (402
 * `payment_failed`, 409 `provider_refused`); while it is away the wish stays, and a job goes on with it.
 */
export async function fulfilWish(ctx: Ctx, id: string): Promise<void> {
  await orLeaveToJob(pushWish(ctx, id), { subscription: id }, 'a wish waits for the provider');
}

/** Asks something of a running subscription: written down first, then made true. Throws what both throw. */
export async function askOf(ctx: Ctx, row: SubscriptionRow, request: Request): Promise<void> {
  await withTenant(ctx, (tx) => writeWish(tx, ctx, row, request));
  await fulfilWish(ctx, row.id);
}
