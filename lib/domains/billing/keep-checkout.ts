import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { lockBilling } from './converge-billing';
import type { CheckoutPage, Gateway } from './gateways/port';

/** A page lives in real time; as long as its tenant's clock stands, it doesn't run out there. */
function inTimeOf({ clock }: Ctx, expiresAt: Date): Date {
  if (!clock.standing) return expiresAt;
  return new Date(clock.now().getTime() + expiresAt.getTime() - Date.now());
}

/**
 * Keeps the page's address with the subscription. When the subscription was given up while the
 * page was being made, the page is closed again: nobody may pay for what was given up.
 */
export async function keepCheckout(
  ctx: Ctx,
  gateway: Gateway,
  id: string,
  page: CheckoutPage,
): Promise<boolean> {
  const { tenantId } = ctx;
  const kept = await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const { count } = await tx.subscription.updateMany({
      where: { tenantId, id, status: { not: 'cancelled' } },
      data: {
        checkoutId: page.id,
        checkoutUrl: page.url,
        checkoutExpiresAt: inTimeOf(ctx, page.expiresAt),
        updatedAt: ctx.clock.now(),
      },
    });
    return count > 0;
  });
  if (!kept) await gateway.closeCheckout(page.id);
  return kept;
}
