/** Whole seconds since 1970, UTC. */
export type Instant = number;

/** Whole minor units of the subscription's one currency. */
export type Cents = number;

export type Cycle = 'monthly' | 'quarterly' | 'annual';

/** Something sold by the period: the plan (first, quantity 1) or an add-on. */
export type Item = {
  key: string;
  kind: 'plan' | 'add_on';
  /** For one unit and a whole cycle. */
  price: Cents;
  quantity: number;
};

/** What a meter costs beyond its limit. */
export type OverageTerms = {
  meter: string;
  /** Units a calendar month holds; null is unlimited, and nothing is ever beyond it. */
  included: number | null;
  centsPerThousand: number;
};

/** What a subscription sells. */
export type Terms = {
  cycle: Cycle;
  items: readonly Item[];
  overage: readonly OverageTerms[];
};

export type Discount = {
  id: string;
  off: { basisPoints: number } | { amount: Cents };
  duration: 'once' | 'repeating' | 'forever';
  /** Excluded; null unless repeating. */
  endsAt: Instant | null;
};

export type Span = { start: Instant; end: Instant };

export type LineKind =
  | 'period'
  | 'trial'
  | 'remaining_time'
  | 'unused_time'
  | 'overage'
  | 'overage_correction';

/** What a proration was worked out from: `amount = whole × seconds / ofSeconds`. */
export type Proration = { whole: Cents; seconds: number; ofSeconds: number };

/** What an overage was worked out from. */
export type OverageBasis = {
  meter: string;
  units: number;
  included: number;
  centsPerThousand: number;
  /** What the month cost before the budget cut it, and what had been billed for it already. */
  uncapped: Cents;
  billedBefore: Cents;
};

export type Line = {
  kind: LineKind;
  /** The item's key, or the meter's. */
  key: string;
  quantity: number;
  /** Before discounts; negative for credits. */
  amount: Cents;
  discount: Cents;
  period: Span;
  proration: Proration | null;
  overage: OverageBasis | null;
};

export type InvoiceReason = 'start' | 'renewal' | 'change' | 'resume' | 'usage' | 'end';

export type Invoice = {
  at: Instant;
  reason: InvoiceReason;
  lines: readonly Line[];
  subtotal: Cents;
  discount: Cents;
  discountId: string | null;
  tax: Cents;
  total: Cents;
  /** Credit used up (positive) or, of a negative total, added (negative). */
  fromBalance: Cents;
  due: Cents;
};

/** A line of the running period as it was billed, for what may be given back of it. */
export type Billed = {
  key: string;
  kind: Item['kind'];
  quantity: number;
  net: Cents;
  period: Span;
};

export type Status = 'trialing' | 'active' | 'paused' | 'cancelled';

/** Everything the rules need to know of a subscription; a plain value, never changed in place. */
export type Account = {
  status: Status;
  terms: Terms;
  /** Takes the place of `terms` at the period's end. */
  waiting: Terms | null;
  cancelsAtEnd: boolean;
  anchor: Instant;
  period: Span;
  billed: readonly Billed[];
  pending: readonly Line[];
  discount: Discount | null;
  /** Credit of the customer, not negative. */
  balance: Cents;
  taxBasisPoints: number;
};

/** What an act leaves, and the invoices it made, oldest first. */
export type Outcome = { account: Account; invoices: readonly Invoice[] };
