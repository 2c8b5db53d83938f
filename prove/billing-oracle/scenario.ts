/**
 * A subscription's life as plain JSON: what was agreed, and what people did when. Times are whole seconds
 * since 1970 (UTC), money is whole cents, percentages are basis points (1900 = 19 %).
 */
export interface Scenario {
  name: string;
  start: number;
  /** The books are closed here; no fact of the scenario falls into this very second. */
  until: number;
  /** Null without a trial. */
  trialEnd: number | null;
  contract: Contract;
  tax: number;
  /** Credit of the customer before the first invoice. */
  balance: number;
  discount: Discount | null;
  overage: Record<string, OverageSetting>;
  /** In the order in which they were done; times never fall. */
  acts: Act[];
}

export type Cycle = 1 | 3 | 12;

/** What is paid for each cycle, and what the plan allows a calendar month. */
export interface Contract {
  cycle: Cycle;
  plan: { key: string; price: number };
  addOns: { key: string; price: number; quantity: number }[];
  meters: Record<string, Allowance>;
}

/** Units a month (null: unlimited), and the price of a thousand above them. */
export interface Allowance {
  limit: number | null;
  centsPerThousand: number;
}

/** `budget` null: without one. */
export interface OverageSetting {
  on: boolean;
  budget: number | null;
}

export interface Discount {
  percent: number | null;
  amount: number | null;
  duration: 'once' | 'repeating' | 'forever';
  /** Only of a repeating one. */
  months: number | null;
}

export type Act = { at: number } & (
  | { do: 'change'; when: 'now' | 'end'; to: Contract }
  | { do: 'cancel'; when: 'now' | 'end' }
  | { do: 'keep' }
  | { do: 'pause' }
  | { do: 'resume' }
  /** Null takes it away. */
  | { do: 'discount'; discount: Discount | null }
  | { do: 'overage'; meter: string; setting: OverageSetting }
  /** The whole total of a month (its first second) as known now; after the month's closing, a recount. */
  | { do: 'reading'; meter: string; month: number; total: number }
  /** Asks for a share (basis points) of what was due on the n-th invoice. */
  | { do: 'refund'; invoice: number; share: number }
);

export interface Line {
  kind: 'trial' | 'period' | 'remaining' | 'credit' | 'overage' | 'correction';
  key: string;
  quantity: number;
  amount: number;
  discount: number;
  from: number;
  to: number;
}

export interface Invoice {
  at: number;
  reason: Reason;
  lines: Line[];
  tax: number;
  total: number;
  balanceUsed: number;
  due: number;
}

export type Reason = 'start' | 'renewal' | 'change' | 'resume' | 'end' | 'usage';
