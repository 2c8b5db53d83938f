import { money } from '@/lib/kernel/money';
import type { SubscriptionRow } from '../subscription-row';
import { runningDiscount } from '../wish';
import { type Discount, type DiscountDto, isPastEnd } from './schemas';

/** A discount as the outside sees it; amounts in minor units. */
export function toDiscountDto(discount: Discount, endsAt: string | null): DiscountDto {
  const { code, name, off, duration, months } = discount;
  return {
    code,
    name,
    percent_off: 'basisPoints' in off ? off.basisPoints / 100 : null,
    amount_off: 'amount' in off ? money(off.amount, off.currency) : null,
    duration,
    months,
    ends_at: endsAt,
  };
}

/** What a subscription’s provider takes off at `now`: one that is past its end is over, even if it is still there. */
export function discountNow(row: SubscriptionRow, now: Date): DiscountDto | null {
  const running = runningDiscount(row);
  if (!running || isPastEnd(running, now.getTime())) return null;
  return toDiscountDto(running, running.endsAt);
}
