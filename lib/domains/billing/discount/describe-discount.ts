import type { Discount } from './schemas';

/** What the audit log is told of a discount. */
export function describeDiscount(discount: Discount | null) {
  if (!discount) return null;
  const { code, off, duration, months } = discount;
  return {
    code,
    ...('basisPoints' in off
      ? { percent_off: off.basisPoints / 100 }
      : { amount_off: off.amount, currency: off.currency }),
    duration,
    months,
  };
}
