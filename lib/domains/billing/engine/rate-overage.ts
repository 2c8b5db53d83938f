import { share } from './rounding';
import type { Cents, Line, OverageTerms, Span } from './types';

export type MeterMonth = {
  terms: OverageTerms;
  /** Units used in the month. */
  units: number;
  /** The most the month may cost; null without a budget. */
  budget: Cents | null;
};

/** Rule 13: what the units beyond the limit cost, before and after the budget. */
export function rateOverage({ terms, units, budget }: MeterMonth): {
  amount: Cents;
  uncapped: Cents;
} {
  const beyond = terms.included === null ? 0 : Math.max(0, units - terms.included);
  const uncapped = share(beyond, terms.centsPerThousand, 1_000);
  return { uncapped, amount: budget === null ? uncapped : Math.min(uncapped, budget) };
}

/**
 * The line of one meter and month, or of what changed since `billedBefore` was billed for it (rule 14);
 * null where nothing is to be charged or given back.
 */
export function overageLine(
  month: Span,
  used: MeterMonth,
  billedBefore: Cents | null,
): Line | null {
  const { amount, uncapped } = rateOverage(used);
  const difference = amount - (billedBefore ?? 0);
  if (difference === 0) return null;
  const { meter, included, centsPerThousand } = used.terms;
  return {
    kind: billedBefore === null ? 'overage' : 'overage_correction',
    key: meter,
    quantity: Math.max(0, used.units - (included ?? used.units)),
    amount: difference,
    discount: 0,
    period: month,
    proration: null,
    overage: {
      meter,
      units: used.units,
      included: included ?? used.units,
      centsPerThousand,
      uncapped,
      billedBefore: billedBefore ?? 0,
    },
  };
}
