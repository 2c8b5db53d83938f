import type { Line } from '../billing-oracle/scenario';
import type { Charged } from '../billing-over-http/read';

type Money = { amount: number };
interface LineDto {
  kind: string;
  item: string | null;
  quantity: number | null;
  amount: Money;
  discount: Money;
  period: { start: string; end: string };
}
interface InvoiceDto {
  issued_at: string | null;
  lines: LineDto[];
  tax: Money;
  total: Money;
  balance_applied: Money;
  amount_due: Money;
}

const KINDS: Record<string, Line['kind']> = {
  period: 'period',
  trial: 'trial',
  remaining_time: 'remaining',
  unused_time: 'credit',
  overage: 'overage',
  overage_correction: 'correction',
};

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

/** An invoice of ours, as the API tells it, in the oracle's words; a kind that the rules don't know is told as it is. */
export function chargedOf(invoice: Record<string, unknown>): Charged {
  const { issued_at, lines, tax, total, balance_applied, amount_due } =
    invoice as unknown as InvoiceDto;
  return {
    at: seconds(issued_at ?? ''),
    lines: lines.map(lineOf),
    tax: tax.amount,
    total: total.amount,
    balanceUsed: balance_applied.amount,
    due: amount_due.amount,
  };
}

function lineOf({ kind, item, quantity, amount, discount, period }: LineDto): Line {
  const usage = kind.startsWith('overage');
  return {
    kind: KINDS[kind] ?? (kind as Line['kind']),
    key: `${usage ? 'meter' : 'plan'} ${item}`,
    quantity: quantity ?? 0,
    amount: amount.amount,
    discount: discount.amount,
    from: seconds(period.start),
    to: seconds(period.end),
  };
}
