import { share } from './engine';
import type { InvoiceLineFacts, Proration, ProviderLine } from './invoice-lines';

const secondsOf = ({ periodStart, periodEnd }: InvoiceLineFacts) =>
  (periodEnd.getTime() - periodStart.getTime()) / 1000;

/** Rule 7: a credit is a part of what was paid for the lines it gives back. */
function creditCandidates(line: ProviderLine, earlier: readonly InvoiceLineFacts[]): Proration[] {
  const seconds = secondsOf(line);
  return earlier
    .filter(({ providerId }) => providerId !== null && line.credits.includes(providerId))
    .flatMap((billed) => {
      const itself = { whole: billed.amount - billed.discount, ofSeconds: secondsOf(billed) };
      return [itself, ...(billed.proration ? [billed.proration] : [])];
    })
    .map(({ whole, ofSeconds }) => ({ whole, seconds, ofSeconds }));
}

/** Rule 5: a charge is a part of the price for the running period, whose whole length an earlier line billed. */
function chargeCandidates(
  line: ProviderLine,
  earlier: readonly InvoiceLineFacts[],
  prices: readonly number[],
): Proration[] {
  const seconds = secondsOf(line);
  const lengths = earlier
    .filter(
      ({ kind, periodEnd }) =>
        kind === 'period' && periodEnd.getTime() === line.periodEnd.getTime(),
    )
    .map(secondsOf);
  const quantity = line.quantity ?? 1;
  return [...new Set([...lengths, seconds])].flatMap((ofSeconds) =>
    prices.map((price) => ({ whole: price * quantity, seconds, ofSeconds })),
  );
}

/**
 * What a prorated line of the provider's was worked out from, or null: it doesn't say, so the rules are tried,
 * and only what gives the very amount is taken for its basis.
 * @param earlier lines of the same tenant, billed before or on the same invoice
 * @param prices what the line's item costs for a whole cycle, in minor units
 */
export function findProration(
  line: ProviderLine,
  earlier: readonly InvoiceLineFacts[],
  prices: readonly number[],
): Proration | null {
  if (line.kind !== 'remaining_time' && line.kind !== 'unused_time') return null;
  const candidates =
    line.kind === 'unused_time'
      ? creditCandidates(line, earlier)
      : chargeCandidates(line, earlier, prices);
  return (
    candidates.find(
      ({ whole, seconds, ofSeconds }) =>
        ofSeconds > 0 && share(whole, seconds, ofSeconds) === Math.abs(line.amount),
    ) ?? null
  );
}
