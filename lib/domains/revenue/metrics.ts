import type { Month } from './months';
import { type MovementKind, movementKinds } from './schemas';

/** A month's movements of one kind: minor units with their sign, and how many customers moved. */
export type Moved = { amount: number; customers: number };
export type Movements = Record<MovementKind, Moved>;

/** MRR from the first moment of a month to its last; amounts in minor units. */
export type MrrMonth = {
  month: Month;
  mrrStart: number;
  mrr: number;
  customersStart: number;
  customers: number;
  movements: Movements;
};

/** Over how many months, the last included, churn is averaged for the lifetime value. */
const LIFETIME_MONTHS = 3;

/** What a month's movements do to the number of customers. */
const HEADS: Record<MovementKind, number> = {
  new: 1,
  expansion: 0,
  contraction: 0,
  churn: -1,
  reactivation: 1,
};

const none = (): Movements => ({
  new: { amount: 0, customers: 0 },
  expansion: { amount: 0, customers: 0 },
  contraction: { amount: 0, customers: 0 },
  churn: { amount: 0, customers: 0 },
  reactivation: { amount: 0, customers: 0 },
});

export type MovementSum = Moved & { month: Month; kind: MovementKind };

/**
 * The months `wanted` (oldest first, without gaps), from the sums of all movements up to the last of them: a month
 * starts with what the months before it add up to.
 */
export function rollForward(sums: readonly MovementSum[], wanted: readonly Month[]): MrrMonth[] {
  const [first = ''] = wanted;
  const before = sums.filter(({ month }) => month < first);
  let mrr = before.reduce((sum, { amount }) => sum + amount, 0);
  let customers = before.reduce((sum, moved) => sum + HEADS[moved.kind] * moved.customers, 0);
  const within = new Map<Month, Movements>(wanted.map((month) => [month, none()]));
  for (const { month, kind, amount, customers: moved } of sums) {
    const movements = within.get(month);
    if (movements) movements[kind] = { amount, customers: moved };
  }
  return wanted.map((month) => {
    const movements = within.get(month) ?? none();
    const start = { mrrStart: mrr, customersStart: customers };
    for (const kind of movementKinds) {
      mrr += movements[kind].amount;
      customers += HEADS[kind] * movements[kind].customers;
    }
    return { month, ...start, mrr, customers, movements };
  });
}

/** Part of a whole in percent; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole > 0 ? (part / whole) * 100 : null;

/** ARR: the month's MRR, were it to stay for a year. */
export const arrOf = ({ mrr }: MrrMonth): number => mrr * 12;

/** ARPA: MRR by paying customer, to the nearest minor unit; null without customers. */
export const arpaOf = ({ mrr, customers }: MrrMonth): number | null =>
  customers > 0 ? Math.round(mrr / customers) : null;

/** Customers lost in the month, in percent of those at its start. */
export const logoChurnOf = ({ movements, customersStart }: MrrMonth): number | null =>
  percentOf(movements.churn.customers, customersStart);

/** MRR lost in the month by churn and contraction, in percent of MRR at its start. */
export const revenueChurnOf = ({ movements, mrrStart }: MrrMonth): number | null =>
  percentOf(-movements.churn.amount - movements.contraction.amount, mrrStart);

/** GRR: of MRR at the start, what is left without expansion, in percent. */
export function grrOf({ movements, mrrStart }: MrrMonth): number | null {
  return percentOf(mrrStart + movements.churn.amount + movements.contraction.amount, mrrStart);
}

/** NRR: of MRR at the start, what the same customers are worth at the end, in percent. */
export function nrrOf({ movements, mrrStart }: MrrMonth): number | null {
  const { churn, contraction, expansion } = movements;
  return percentOf(mrrStart + churn.amount + contraction.amount + expansion.amount, mrrStart);
}

/**
 * LTV of each month: ARPA divided by the share of customers lost a month, of the last three months together (fewer at the
 * beginning); null where nobody was lost or nobody pays. Minor units.
 */
export function lifetimeValues(months: readonly MrrMonth[]): (number | null)[] {
  return months.map((month, at) => {
    const window = months.slice(Math.max(0, at - LIFETIME_MONTHS + 1), at + 1);
    const lost = window.reduce((sum, { movements }) => sum + movements.churn.customers, 0);
    const had = window.reduce((sum, { customersStart }) => sum + customersStart, 0);
    if (lost === 0 || had === 0 || month.customers === 0) return null;
    return Math.round(month.mrr / month.customers / (lost / had));
  });
}
