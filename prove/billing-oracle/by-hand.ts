import { invoicesOf } from './invoices';
import type { Act, Allowance, Contract, Cycle, Discount, Scenario } from './scenario';

/** Short words for scenarios that a person can compute. Times are `2024-04-01` or `2024-04-01T10:20:31`, UTC. */
export const at = (time: string) =>
  Date.parse(`${time.includes('T') ? time : `${time}T00:00:00`}Z`) / 1000;
export const day = (seconds: number) =>
  new Date(seconds * 1000).toISOString().replace(/(T00:00:00)?\.000Z/, '');

export function contract(
  price: number,
  cycle: Cycle = 1,
  addOns: Contract['addOns'] = [],
): Contract {
  return { cycle, plan: { key: `p${price}`, price }, addOns, meters: {} };
}

export function metered(price: number, cycle: Cycle, calls: Allowance): Contract {
  return { ...contract(price, cycle), meters: { calls } };
}

export function life(from: string, until: string, first: Contract, acts: Act[] = []): Scenario {
  return {
    name: 'by hand',
    start: at(from),
    until: at(until),
    trialEnd: null,
    contract: first,
    tax: 0,
    balance: 0,
    discount: null,
    overage: { calls: { on: true, budget: null } },
    acts,
  };
}

export const percentOff = (
  percent: number,
  duration: Discount['duration'],
  months: number | null = null,
) => ({
  percent,
  amount: null,
  duration,
  months,
});
export const amountOff = (amount: number, duration: Discount['duration']): Discount => ({
  percent: null,
  amount,
  duration,
  months: null,
});
export const change = (time: string, to: Contract, when: 'now' | 'end' = 'now'): Act => ({
  at: at(time),
  do: 'change',
  when,
  to,
});
export const reading = (time: string, month: string, total: number): Act => ({
  at: at(time),
  do: 'reading',
  meter: 'calls',
  month: at(month),
  total,
});

/** Each invoice as one text: when, why, lines (less their discounts) and what is due. */
export function told(scenario: Scenario): string[] {
  return invoicesOf(scenario).map((invoice) => {
    const lines = invoice.lines.map((line) => {
      const less = line.discount === 0 ? '' : ` less ${line.discount}`;
      return `${line.kind} ${line.quantity} ${line.key} ${line.amount}${less}`;
    });
    return `${day(invoice.at)} ${invoice.reason}: ${lines.join(', ')} = ${invoice.due}`;
  });
}
