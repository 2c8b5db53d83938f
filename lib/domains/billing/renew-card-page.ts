import { recordAudit } from '@/lib/domains/audit';
import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { ensureCustomer } from './ensure-customer';
import { findOwnSubscription, requireRunning } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { getSubscription } from './get-subscription';
import { keepCheckout } from './keep-checkout';
import { mayChangeBilling } from './policy';
import { urlsOf } from './provision-subscription';
import { requireAbility } from './require-ability';
import { cardReturnUrls } from './return-urls';
import type { SubscriptionDto } from './schemas';
import { openCheckoutUrl, type SubscriptionRow } from './to-dto';
import { wantsCard } from './wants-card';

/** The provider's id of what is charged to a card. Throws 409 where none is, with what to do instead. */
function requireCardPayer(row: SubscriptionRow): string {
  const providerId = requireRunning(row);
  if (row.invoiceDays !== null) {
    throw conflict(
      'paid_by_invoice',
      'This subscription is paid by invoice, so no card is charged. Pay the open invoice on its own page.',
    );
  }
  requireAbility(gatewayOf(row), 'replace_card');
  return providerId;
}

/**
 * The page that takes the card of what runs, the first one or one in place of another: the one that is open,
 * else a new one, for each lives a day. Once it is completed the new card is charged from then on, and at once
 * for what is overdue; until then, and when it is left, the card before stays. Throws 409
 * `subscription_incomplete`, `subscription_ended`, `paid_by_invoice`, `gateway_cannot`.
 */
export async function renewCardPage(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const providerId = requireCardPayer(row);
  if (openCheckoutUrl(row, ctx.clock.now())) return getSubscription(ctx, id);
  const gateway = gatewayOf(row);
  const { plan, slug } = await withTenant(ctx, async (tx) => {
    await recordAudit(tx, ctx, {
      action: 'subscription.card_page_opened',
      object: { type: 'subscription', id: row.id },
    });
    const { slug } = await tx.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } });
    return { plan: await getPlanVersion(tx, row.planId, row.planVersion), slug };
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
    wantsCard(row) ? urlsOf(row) : cardReturnUrls(slug),
  );
  await keepCheckout(ctx, gateway, row.id, page);
  return getSubscription(ctx, id);
}
