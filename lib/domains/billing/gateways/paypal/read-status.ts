import type { SubscriptionStatus } from '../../schemas';
import { type Live, NOTES } from './calls';
import { centsOf } from './money';

/** What PayPal says of a subscription, in words that tell apart what its status alone doesn't. */
const readings = {
  APPROVAL_PENDING: 'incomplete',
  APPROVED: 'incomplete',
  'ACTIVE, first payment awaited': 'incomplete',
  'ACTIVE, first payment failed': 'cancelled',
  'ACTIVE, before its first payment': 'trialing',
  ACTIVE: 'active',
  'ACTIVE, payment failed': 'past_due',
  'SUSPENDED, ends with its trial': 'trialing',
  'SUSPENDED, ends with its period': 'active',
  'SUSPENDED, period over': 'cancelled',
  'SUSPENDED, payments failed': 'unpaid',
  'SUSPENDED, paid since': 'unpaid',
  SUSPENDED: 'paused',
  'CANCELLED, paid until its period ends': 'active',
  CANCELLED: 'cancelled',
  EXPIRED: 'cancelled',
} as const satisfies Record<string, SubscriptionStatus>;

type Reading = keyof typeof readings;

/** Everything unknown counts as unpaid: a status of tomorrow must not open anything today. */
export function statusOf(reading: string): SubscriptionStatus {
  return (readings as Partial<Record<string, SubscriptionStatus>>)[reading] ?? 'unpaid';
}

/** `paidUntil`: end of the period that the last payment paid, or of a trial; null when there was neither. */
type Facts = { trial: boolean; paidUntil: Date | null; now: Date };

function failed({ billing_info: info }: Live): boolean {
  const owed = info?.outstanding_balance ? centsOf(info.outstanding_balance) : 0;
  return (info?.failed_payments_count ?? 0) > 0 || owed > 0;
}

function readActive(live: Live, { trial }: Facts): Reading {
  const paid = live.billing_info?.last_payment !== undefined;
  if (!paid && trial && !failed(live)) return 'ACTIVE, before its first payment';
  if (!paid && !trial)
    return failed(live) ? 'ACTIVE, first payment failed' : 'ACTIVE, first payment awaited';
  return failed(live) ? 'ACTIVE, payment failed' : 'ACTIVE';
}

/** Whether all that was open has been paid after PayPal gave up. */
function paidSince({ billing_info, status_update_time }: Live): boolean {
  const paidAt = billing_info?.last_payment?.time;
  return paidAt !== undefined && paidAt > status_update_time;
}

function readSuspended(live: Live, { paidUntil, now }: Facts): Reading {
  const paid = live.billing_info?.last_payment !== undefined;
  if (live.status_change_note === NOTES.ending) {
    if (!paidUntil || paidUntil <= now) return 'SUSPENDED, period over';
    return paid ? 'SUSPENDED, ends with its period' : 'SUSPENDED, ends with its trial';
  }
  if (live.status_change_note === NOTES.paused) return 'SUSPENDED';
  if (failed(live)) return 'SUSPENDED, payments failed';
  return paidSince(live) ? 'SUSPENDED, paid since' : 'SUSPENDED';
}

/**
 * A payer who cancels at PayPal has paid for a period, and keeps it. What we ended ourselves has ended.
 */
function readCancelled(live: Live, { paidUntil, now }: Facts): Reading {
  const ours: readonly string[] = Object.values(NOTES);
  const paid = live.billing_info?.last_payment !== undefined && !failed(live);
  const goesOn = paid && paidUntil !== null && paidUntil > now;
  return goesOn && !ours.includes(live.status_change_note ?? '')
    ? 'CANCELLED, paid until its period ends'
    : 'CANCELLED';
}

/** What a subscription's state means at `now`; PayPal's own word where it is none of those known here. */
export function readStatus(live: Live, facts: Facts): string {
  if (live.status === 'ACTIVE') return readActive(live, facts);
  if (live.status === 'SUSPENDED') return readSuspended(live, facts);
  if (live.status === 'CANCELLED') return readCancelled(live, facts);
  return live.status;
}
