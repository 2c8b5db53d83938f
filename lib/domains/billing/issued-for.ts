import type { InvoiceLineFacts } from './invoice-lines';

type Dated = Pick<InvoiceLineFacts, 'kind' | 'periodStart' | 'periodEnd'>;

/** What is sold of a subscription's time. */
const SOLD: readonly Dated['kind'][] = ['period', 'trial', 'remaining_time'];

/**
 * The period that an invoice is issued for: the time of the subscription that it sells. What it gives back of time that
 * was paid before, and the use of a month before, have their periods on their lines, and count only where nothing is
 * sold. Null without lines.
 */
export function issuedFor(lines: readonly Dated[]): { start: Date; end: Date } | null {
  const sold = lines.filter(({ kind }) => SOLD.includes(kind));
  const spans = sold.length > 0 ? sold : lines;
  if (spans.length === 0) return null;
  return {
    start: new Date(Math.min(...spans.map(({ periodStart }) => periodStart.getTime()))),
    end: new Date(Math.max(...spans.map(({ periodEnd }) => periodEnd.getTime()))),
  };
}
