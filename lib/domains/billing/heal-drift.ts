import { recordAudit } from '@/lib/domains/audit';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { applyRights } from './apply-rights';
import { convergeBilling, lockBilling } from './converge-billing';
import { DriftBook } from './drift/drift-book';
import type { Drift, DriftCure } from './drift/schemas';
import { driftOf } from './drift/subscription-drift';
import { findOwnSubscription } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { getSubscription } from './get-subscription';
import { tellOfSteps } from './mails/tell-of-steps';
import { mayChangeBilling } from './policy';
import { pushWish } from './push-wish';
import { readSubscriptions } from './read-subscriptions';
import type { SubscriptionDto } from './schemas';
import { SubscriptionBook } from './subscription-book';
import type { SubscriptionRow } from './to-dto';
import { columnsOfWish, providerWish } from './wish';
import { queuePush } from './write-wish';

const describe = (drift: readonly Drift[]) => ({
  drift: drift.map(({ field, wished, provider }) => ({ field, wished, provider })),
});

/** Throws 409 `drift_changed` when the difference isn't the one with this id any more. */
export async function requireSeen(tx: Tx, tenantId: string, id: string): Promise<void> {
  const found = await tx.billingDrift.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (found) return;
  throw conflict(
    'drift_changed',
    'This difference isn’t what it was: somebody healed it, or it became another. Load the list again.',
  );
}

/** The status that the provider says, where ours was left as it is; with it go rights and the tenant's own status. */
async function takeStatus(tx: Tx, ctx: Ctx, row: SubscriptionRow): Promise<SubscriptionRow> {
  const gateway = gatewayOf(row);
  const said = row.providerStatus && gateway.statusOf(row.providerStatus);
  if (!said || said === row.status) return row;
  const rows = await readSubscriptions(tx, ctx.tenantId);
  const book = new SubscriptionBook(tx, ctx, rows, { gateway: gateway.name, invoices: [] });
  const taken = await book.takeStatus(row.id, said);
  await applyRights(tx, ctx, book.rows);
  await tellOfSteps(tx, ctx, book.steps);
  return taken;
}

/**
 * Ends the difference between a subscription and its provider: makes ours true there, or wishes from now on
 * for what is there. Looks at the provider first. `seen` is the difference that somebody looked at, by its row's
 * id: where it has become another, nothing is done. Throws 409 `no_drift`, `drift_changed`, and what pushing throws.
 */
export async function healDrift(
  ctx: Ctx,
  id: string,
  cure: DriftCure,
  seen?: string,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  await convergeBilling(ctx);
  const { tenantId } = ctx;
  const row = await findOwnSubscription(ctx, id);
  const where = { tenantId_id: { tenantId, id: row.id } };
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const found = await tx.subscription.findUniqueOrThrow({ where });
    const drift = driftOf(found);
    if (drift.length === 0) {
      throw conflict(
        'no_drift',
        'The payment provider agrees with what was asked for. Nothing is to be healed.',
      );
    }
    if (seen !== undefined) await requireSeen(tx, tenantId, seen);
    const theirs = cure === 'take_theirs';
    const now = theirs ? await takeStatus(tx, ctx, found) : found;
    const after = await tx.subscription.update({
      where,
      data: {
        ...(theirs ? columnsOfWish(providerWish(now)) : {}),
        wishRevision: { increment: 1 },
        ...(theirs ? { pushedRevision: now.wishRevision + 1 } : {}),
        updatedAt: ctx.clock.now(),
      },
    });
    await (await DriftBook.open(tx, ctx)).keep({ subscriptionId: row.id }, driftOf(after));
    await recordAudit(tx, ctx, {
      action: theirs ? 'subscription.drift_taken' : 'subscription.drift_pushed',
      object: { type: 'subscription', id: row.id },
      before: describe(drift),
    });
    if (!theirs) await queuePush(tx, ctx, row.id);
  });
  await pushWish(ctx, row.id);
  return getSubscription(ctx, id);
}
