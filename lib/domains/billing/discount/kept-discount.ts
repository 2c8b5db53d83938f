import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { findCustomer } from '../ensure-customer';
import { gatewayOf } from '../gateways/find-gateway';
import { readOffer } from '../read-offer';
import type { SubscriptionRow } from '../subscription-row';
import { termsOf, wishOf } from '../wish';
import type { Discount } from './schemas';

/**
 * The discount that comes along when a subscription that has ended is started again: one that was good for ever, as long as its
 * provider would still give it. Null: none does. Throws 503 while the provider is away.
 */
export async function keptDiscount(ctx: Ctx, ended: SubscriptionRow): Promise<Discount | null> {
  const { discount } = wishOf(ended);
  const { discounts } = gatewayOf(ended);
  if (!discounts || discount?.duration !== 'forever') return null;
  const offer = await withTenant(ctx, (tx) => readOffer(tx, termsOf(ended)));
  const customer = await findCustomer(ctx, ended.gateway);
  const sale = { customer, offer, now: ctx.clock.now() };
  return (await discounts.stillGood(discount, sale)) ? discount : null;
}
