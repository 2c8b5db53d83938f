import { DiscountWords } from '@/components/billing/discount-words';
import type { AdminDiscount } from '@/lib/domains/operator/discounts/schemas';

/** “20% off for 3 months”, of a discount that may not run yet. */
export function GiftWords({ discount }: { discount: AdminDiscount }) {
  const { percent_off, amount_off, duration, months } = discount;
  return (
    <DiscountWords
      discount={{
        code: null,
        name: null,
        percent_off,
        amount_off,
        duration,
        months,
        ends_at: null,
      }}
    />
  );
}
