import { share } from './rounding';
import type { Account, Discount, Instant, Invoice, InvoiceReason, Line } from './types';

/** Rule 11: the discount that counts for an invoice made at `at`. */
function running(discount: Discount | null, at: Instant): Discount | null {
  return discount && (discount.endsAt === null || at < discount.endsAt) ? discount : null;
}

function discounted(lines: readonly Line[], discount: Discount | null): Line[] {
  if (!discount) return [...lines];
  const { off } = discount;
  let left = 'amount' in off ? off.amount : 0;
  return lines.map((line) => {
    if ('basisPoints' in off) {
      const counts = line.kind === 'period' || line.kind === 'remaining_time';
      return counts ? { ...line, discount: share(line.amount, off.basisPoints, 10_000) } : line;
    }
    if (line.kind !== 'period') return line;
    const taken = Math.min(left, line.amount);
    left -= taken;
    return { ...line, discount: taken };
  });
}

const sum = (lines: readonly Line[], of: (line: Line) => number) =>
  lines.reduce((total, line) => total + of(line), 0);

/**
 * Rules 11 and 12: an invoice of these lines, and what it leaves of the account's discount and balance.
 * Nothing else of the account is changed.
 */
export function composeInvoice(
  account: Account,
  at: Instant,
  reason: InvoiceReason,
  lines: readonly Line[],
): { invoice: Invoice; account: Account } {
  const discount = running(account.discount, at);
  const billed = discounted(lines, discount);
  const subtotal = sum(billed, (line) => line.amount);
  const taken = sum(billed, (line) => line.discount);
  const tax = share(subtotal - taken, account.taxBasisPoints, 10_000);
  const total = subtotal - taken + tax;
  const fromBalance = Math.min(account.balance, total);
  const spent = discount?.duration === 'once' && taken > 0;
  return {
    invoice: {
      at,
      reason,
      lines: billed,
      subtotal,
      discount: taken,
      discountId: taken > 0 ? (discount?.id ?? null) : null,
      tax,
      total,
      fromBalance,
      due: total - fromBalance,
    },
    account: {
      ...account,
      balance: account.balance - fromBalance,
      discount: spent ? null : discount,
    },
  };
}
