import type { ProviderInvoice, ProviderSubscription } from './provider-state';
import type { SubscriptionRow } from './subscription-row';
import { runningDiscount, sameTerms, termsOf } from './wish';

/** What the provider said of a subscription, and of its customer's invoices. */
export type Said = { sub: ProviderSubscription; invoices: readonly ProviderInvoice[] };

const latest = (dates: readonly (Date | null)[]): Date | null => {
  const times = dates.flatMap((date) => (date ? [date.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
};

const invoicesOf = ({ sub, invoices }: Said) =>
  invoices.filter(({ subscriptionProviderId }) => subscriptionProviderId === sub.id);

/** When what was overdue was paid; null where it was forgiven, for then no payment tells. */
function momentOfPayment({ pastDueSince }: SubscriptionRow, said: Said): Date | null {
  const paid = invoicesOf(said).map(({ paidAt }) => paidAt);
  return latest(paid.filter((at) => at !== null && (!pastDueSince || at >= pastDueSince)));
}

/** When a subscription became what it is now, from what it was. */
function momentOfStatus(
  before: SubscriptionRow | null,
  { status, pastDueSince, trialEndsAt, endedAt }: SubscriptionRow,
  said: Said,
): Date | null {
  const { begun, paused, resumed } = said.sub.moments;
  if (status === 'cancelled') return endedAt;
  if (status === 'paused') return paused;
  if (status === 'past_due') return pastDueSince;
  if (before === null || before.status === 'incomplete') return begun;
  if (status !== 'active') return null;
  if (before.status === 'trialing') return trialEndsAt;
  if (before.status === 'paused') return resumed;
  return momentOfPayment(before, said);
}

/** The provider's clock and ours differ by less, in ms. */
const SKEW_MS = 3_600_000;

/**
 * When other terms began: with the period, or at the moment from which what remained of it was charged. A change that costs the same
 * leaves no line, and lines of one before, which this one can't be older than, say nothing of it.
 */
function momentOfTerms(before: SubscriptionRow, after: SubscriptionRow, said: Said): Date | null {
  const period = after.currentPeriodStart;
  const earliest = before.updatedAt.getTime() - SKEW_MS;
  const parts = invoicesOf(said)
    .flatMap(({ lines }) => lines)
    .filter(({ kind }) => kind === 'remaining_time' || kind === 'unused_time')
    .filter(({ periodStart }) => periodStart.getTime() >= earliest);
  return latest([
    period?.getTime() === before.currentPeriodStart?.getTime() ? null : period,
    ...parts.map(({ periodStart }) => periodStart),
  ]);
}

/** When the change came about from which `after` follows, as far as the provider tells; null: it doesn't. */
export function momentOf(
  before: SubscriptionRow | null,
  after: SubscriptionRow,
  said: Said,
): Date | null {
  if (before?.status !== after.status) return momentOfStatus(before, after, said);
  if (!sameTerms(termsOf(before), termsOf(after))) return momentOfTerms(before, after, said);
  const ends = after.discount ? null : runningDiscount(before)?.endsAt;
  return ends ? new Date(ends) : null;
}
