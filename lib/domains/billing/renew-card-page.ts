import { recordAudit } from '@/lib/domains/audit';
import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { ensureCustomer } from './ensure-customer';
import { findOwnSubscription } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { getSubscription } from './get-subscription';
import { keepCheckout } from './keep-checkout';
import { mayChangeBilling } from './policy';
import { urlsOf } from './provision-subscription';
import type { SubscriptionDto } from './schemas';
import { openCheckoutUrl } from './to-dto';
import { wantsCard } from './wants-card';

/**
 * The page that takes a card while a trial runs: the one that is open, else a new one, for each lives a day
 * and a trial longer. Throws 409 `no_card_wanted` when there is nothing to enter.
 */
export async function renewCardPage(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { providerId } = row;
  if (!wantsCard(row) || !providerId) {
    throw conflict(
      'no_card_wanted',
      'A card is entered here while a trial runs without one. There is nothing to enter now.',
    );
  }
  if (openCheckoutUrl(row, ctx.clock.now())) return getSubscription(ctx, id);
  const gateway = gatewayOf(row);
  const plan = await withTenant(ctx, async (tx) => {
    await recordAudit(tx, ctx, {
      action: 'subscription.card_page_opened',
      object: { type: 'subscription', id: row.id },
    });
    return getPlanVersion(tx, row.planId, row.planVersion);
  });
  const page = await gateway.openCardPage(
    {
      tenantId: ctx.tenantId,
      subscriptionId: row.id,
      customer: await ensureCustomer(ctx, gateway),
      providerId,
      currency: plan.currency,
      turn: row.checkoutId ?? 'first',
    },
    urlsOf(row),
  );
  await keepCheckout(ctx, gateway, row.id, page);
  return getSubscription(ctx, id);
}
