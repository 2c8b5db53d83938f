import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { convergeBilling } from './converge-billing';
import { isOverdue } from './dunning/schedule';
import { findOwnSubscription, requireRunning } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { getSubscription } from './get-subscription';
import { mayChangeBilling } from './policy';
import { asRefusal } from './provider-refusal';
import { type SubscriptionDto, subscriptionStatusSchema } from './schemas';

/** What is asked within so many ms is the same attempt: two clicks, or two tabs. */
const SAME_MS = 60_000;

/** Names an attempt in real time: the tenant's own may stand, and then what was declined once would stay so. */
const thisAttempt = () => String(Math.floor(systemClock.now().getTime() / SAME_MS));

/**
 * Takes at once what is overdue, from the card or account that is charged anyway, and gives back what its failure took. Asked
 * twice it is taken once. Throws 402 `payment_failed` when it is declined, 409 `nothing_overdue`, `paid_by_invoice`,
 * `subscription_incomplete`, `subscription_ended`.
 */
export async function payOverdue(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const providerId = requireRunning(row);
  if (!isOverdue(subscriptionStatusSchema.parse(row.status))) {
    throw conflict(
      'nothing_overdue',
      'Nothing of this subscription is overdue, so there is nothing to pay.',
    );
  }
  if (row.invoiceDays !== null) {
    throw conflict(
      'paid_by_invoice',
      'This subscription is paid by invoice, so nothing is charged by itself. Pay the open invoice on its own page.',
    );
  }
  await withTenant(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'subscription.overdue_payment_asked',
      object: { type: 'subscription', id: row.id },
    }),
  );
  const { tenantId, clock } = ctx;
  const gateway = gatewayOf(row);
  const of = {
    tenantId,
    subscriptionId: row.id,
    providerId,
    attempt: thisAttempt(),
    now: clock.now(),
  };
  await gateway.collectOverdue(of).catch((error: unknown) => {
    throw gateway.isRefusal(error) ? asRefusal(error) : error;
  });
  await convergeBilling(ctx);
  return getSubscription(ctx, id);
}
