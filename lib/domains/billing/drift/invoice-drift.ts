import { share } from '../engine';
import type { InvoiceLineFacts } from '../invoice-lines';
import { type InvoiceRow, readLine } from '../invoice-store';
import type { ProviderInvoice } from '../provider-state';
import type { Drift } from './schemas';

/** Whole-cycle prices of each plan and add-on, of every version, in minor units. */
export type PlanPrices = ReadonlyMap<string, readonly number[]>;

const AMOUNTS = ['subtotal', 'discount', 'tax', 'total'] as const;

/** What is final here and was changed there: it isn't followed. */
function changedSince(row: InvoiceRow, said: ProviderInvoice): Drift[] {
  const drift: Drift[] = [];
  if (row.currency !== said.currency) {
    drift.push({ field: 'currency', wished: row.currency, provider: said.currency });
  }
  for (const field of AMOUNTS) {
    if (row[field] === said[field]) continue;
    drift.push({ field, wished: Number(row[field]), provider: Number(said[field]) });
  }
  return drift;
}

/** What the rules charge for a period: the whole price of some version, the nearest where none is the amount. */
function expectedPeriod(line: InvoiceLineFacts, prices: readonly number[]): number | null {
  const wholes = prices.map((price) => price * (line.quantity ?? 1));
  const distance = (whole: number) => Math.abs(whole - line.amount);
  return wholes.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function expectedOverage({ usage, amount }: InvoiceLineFacts): number | null {
  if (!usage) return null;
  const beyond = Math.max(0, usage.units - usage.included);
  const most = share(beyond, usage.centsPerThousand, 1_000) - usage.billedBefore;
  // A budget may have cut it, never raised it.
  return amount <= most ? amount : most;
}

/**
 * What a line's amount should be by the rules, in minor units; null where they don't give any amount for it,
 * undefined where they have no say.
 */
function expectedOf(line: InvoiceLineFacts, prices: PlanPrices): number | null | undefined {
  // Lines from before they were mirrored one by one say nothing of what they were worked out from.
  if (line.providerId === null) return undefined;
  const own = prices.get(line.itemKey ?? '');
  switch (line.kind) {
    case 'trial':
      return 0;
    case 'period':
      return own && expectedPeriod(line, own);
    case 'remaining_time':
    case 'unused_time':
      return own && (line.proration ? line.amount : null);
    case 'overage':
    case 'overage_correction':
      return expectedOverage(line);
    case 'other':
      return undefined;
  }
}

function unlikeTheRules(row: InvoiceRow, prices: PlanPrices): Drift[] {
  return row.lines.map(readLine).flatMap((line): Drift[] => {
    const wished = expectedOf(line, prices);
    if (wished === undefined || wished === line.amount) return [];
    return [{ field: 'line', about: line.description, wished, provider: line.amount }];
  });
}

/**
 * How an invoice of a provider's differs from what is kept here, which is final, and from what the rules give
 * for its lines; empty when it doesn't.
 */
export function invoiceDriftOf(
  row: InvoiceRow,
  said: ProviderInvoice,
  prices: PlanPrices,
): Drift[] {
  return [...changedSince(row, said), ...unlikeTheRules(row, prices)];
}
