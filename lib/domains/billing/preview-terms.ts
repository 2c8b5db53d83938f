import { money } from '@/lib/kernel/money';
import { requireRunning } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import type { FullOffer, InvoicePreview, Standing } from './gateways/port';
import { toLineDto } from './invoice-lines';
import type { ChangePreview } from './schemas';
import type { SubscriptionRow } from './to-dto';

/** What the next invoice collects once `first`, made before it, has used up credit or left some. */
function dueAfter(first: InvoicePreview, next: InvoicePreview): number {
  const credit = Math.max(0, first.creditBefore - first.total);
  return Math.max(0, next.total - credit);
}

/** A renewal that waits as the outside sees it: when it is, and what it collects. */
export function toNextInvoice(row: SubscriptionRow, next: InvoicePreview) {
  const at = row.currentPeriodEnd ?? next.at;
  return { at: at.toISOString(), total: money(next.due, next.currency) };
}

async function previewAtEnd(row: SubscriptionRow, standing: Standing, offer: FullOffer) {
  const next = await gatewayOf(row).previewRenewal(standing, offer);
  return {
    lines: [],
    due_now: money(0, offer.plan.currency),
    next_invoice: next && toNextInvoice(row, next),
  };
}

/**
 * What other terms would cost, computed by whoever will collect it: charged now, line by line, where they are others
 * from `now` on, and with the next invoice, which is for `later`. Nothing is charged now in a trial. Throws 409 for what
 * doesn't run.
 */
export async function previewTerms(
  row: SubscriptionRow,
  { now, later }: { now: FullOffer | null; later: FullOffer },
): Promise<ChangePreview> {
  const trialing = row.status === 'trialing';
  const standing = { providerId: requireRunning(row), trialing };
  if (!now || trialing) return previewAtEnd(row, standing, later);
  const gateway = gatewayOf(row);
  const first = await gateway.previewChange(standing, now);
  const next = await gateway.previewRenewal(standing, later, { afterChange: true });
  const anew = now.cycle !== row.billingCycle;
  const at = anew ? first.periodEnd : row.currentPeriodEnd;
  const { currency } = first;
  return {
    lines: first.lines.map((line) => toLineDto(line, currency)),
    due_now: money(first.due, currency),
    next_invoice:
      next && at ? { at: at.toISOString(), total: money(dueAfter(first, next), currency) } : null,
  };
}
