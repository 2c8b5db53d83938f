import { type Money, money } from '@/lib/kernel/money';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { periodAt } from '../../engine';
import type { ProviderMoments, ProviderSubscription, Terms } from '../../provider-state';
import { type Live, type Transaction, wasPaid } from './calls';
import type { PayPalPlan } from './catalogue';
import { centsOf } from './money';
import { readStatus, statusOf } from './read-status';
import { readReference } from './reference';

export type Period = { start: Date; end: Date };

/** The paid cycle that holds `at`: PayPal counts cycles from the first payment's day, as the rules do. */
export function cycleAt(live: Live, plan: PayPalPlan, at: Date): Period {
  const anchor = secondsOf(live.start_time);
  const span = periodAt(anchor, plan.terms.billingCycle, Math.max(anchor, secondsOf(at)));
  return { start: dateOf(span.start), end: dateOf(span.end) };
}

/** What was paid for last, or the trial; null before anything was paid. */
export function paidPeriod(live: Live, plan: PayPalPlan): Period | null {
  const last = live.billing_info?.last_payment;
  if (last) return cycleAt(live, plan, last.time);
  const trial = readReference(live.custom_id)?.trial ?? false;
  return trial ? { start: live.create_time, end: live.start_time } : null;
}

/** The period that runs: PayPal tells its end while it bills. Null before anything was paid. */
function runningPeriod(live: Live, plan: PayPalPlan): Period | null {
  const paid = paidPeriod(live, plan);
  const end = live.billing_info?.next_billing_time;
  const bills = paid && end && end > live.start_time;
  return bills ? cycleAt(live, plan, new Date(end.getTime() - 1000)) : paid;
}

/** PayPal has one price a subscription: nothing is sold beside the plan. */
export const termsOfPlan = ({ terms }: PayPalPlan): Terms => ({ ...terms, addOns: [] });

/** What failed payments have left open there. */
function owedOf({ billing_info }: Live): Money | null {
  const balance = billing_info?.outstanding_balance;
  const cents = balance ? centsOf(balance) : 0;
  return balance && cents > 0 ? money(cents, balance.currency_code.toLowerCase()) : null;
}

/** Statuses whose end is known and comes by itself. */
const ENDING = /ends with|until its period ends/;

/** When the first payment was declined after the last that was made; `transactions` oldest first. */
function overdueSince(transactions: readonly Transaction[]): Date | null {
  const paid = transactions.findLastIndex(wasPaid);
  const failed = transactions.slice(paid + 1).find(({ status }) => status === 'DECLINED');
  return failed?.time ?? null;
}

/** When things came about that the state shows: PayPal keeps the moment of its last change of status. */
function momentsOf(
  { status_update_time: moved }: Live,
  providerStatus: string,
  transactions: readonly Transaction[],
): ProviderMoments {
  return {
    // Made before its payer agreed.
    begun: null,
    paused: providerStatus === 'SUSPENDED' ? moved : null,
    resumed: providerStatus === 'ACTIVE' ? moved : null,
    overdue: overdueSince(transactions),
  };
}

/** A subscription that a payer approved, as it stands at `now`, with its payments; `plan` null: not of the catalogue. */
export function toProviderSubscription(
  live: Live,
  plan: PayPalPlan | null,
  transactions: readonly Transaction[],
  now: Date,
): ProviderSubscription {
  const reference = readReference(live.custom_id);
  const trial = reference?.trial ?? false;
  const paidUntil = plan && (paidPeriod(live, plan)?.end ?? null);
  const providerStatus = readStatus(live, { trial, paidUntil, now });
  const status = statusOf(providerStatus);
  const period = plan && runningPeriod(live, plan);
  const over = providerStatus === 'SUSPENDED, period over' ? paidUntil : live.status_update_time;
  const endedAt = status === 'cancelled' ? over : null;
  return {
    id: live.id,
    ownId: reference?.subscriptionId ?? null,
    status,
    providerStatus,
    plan: plan && termsOfPlan(plan),
    next: null,
    trialEndsAt: trial ? live.start_time : null,
    currentPeriodStart: period?.start ?? null,
    currentPeriodEnd: period?.end ?? null,
    cancelAt: endedAt ?? (ENDING.test(providerStatus) ? paidUntil : null),
    endedAt,
    card: null,
    invoiceDays: null,
    discount: null,
    owed: status === 'cancelled' ? null : owedOf(live),
    createdAt: live.create_time,
    moments: momentsOf(live, providerStatus, transactions),
  };
}
