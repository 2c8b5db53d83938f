import { callStripe, type Stripe } from '@/lib/infra/stripe';
import type { Terms } from '../../provider-state';
import { termsOfItems } from './items';

/** A price that was asked for whole. */
const isWhole = (price: string | Stripe.Price | Stripe.DeletedPrice): price is Stripe.Price =>
  typeof price === 'object' && !price.deleted;

/** The terms that a schedule puts in place of the running ones; null when nothing follows. */
export async function readNext(scheduleId: string): Promise<Terms | null> {
  const schedule = await callStripe((stripe) =>
    stripe.subscriptionSchedules.retrieve(scheduleId, { expand: ['phases.items.price'] }),
  );
  const end = schedule.current_phase?.end_date;
  if (end === undefined) return null;
  const next = schedule.phases.find((phase) => phase.start_date >= end);
  const items = next?.items ?? [];
  return termsOfItems(
    items.flatMap(({ price, quantity }) => (isWhole(price) ? [{ price, quantity }] : [])),
  );
}
