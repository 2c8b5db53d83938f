import type { DunningNotice } from '@/lib/domains/identity';
import type { SubscriptionStatus } from '../schemas';
import type { DunningStage } from './schemas';

const DAY = 86_400_000;

/** The plan in days since the first failure: docs/billing/dunning.md. */
const READ_ONLY_DAY = 14;
const SUSPENDED_DAY = 28;

/** When each notice is due at the latest, in days since the first failure; in order. */
const NOTICE_DAYS: readonly (readonly [DunningNotice, number])[] = [
  ['payment_failed', 0],
  ['reminder', 3],
  ['last_call', 7],
  ['read_only', READ_ONLY_DAY],
  ['suspended', SUSPENDED_DAY],
];

/** What dunning depends on: the provider's word, and since when money is overdue. */
export type DunningFacts = { status: SubscriptionStatus; pastDueSince: Date | null };

const OVERDUE = new Set<SubscriptionStatus>(['past_due', 'unpaid']);

export function isOverdue(status: SubscriptionStatus): boolean {
  return OVERDUE.has(status);
}

function dayOf(since: Date, days: number): Date {
  return new Date(since.getTime() + days * DAY);
}

/**
 * How far dunning has gone. A provider that gave up trying makes it read-only at once, whatever the day;
 * only time suspends. Depends on nothing but its arguments.
 */
export function dunningStage({ status, pastDueSince }: DunningFacts, now: Date): DunningStage {
  if (!isOverdue(status)) return 'none';
  if (pastDueSince && dayOf(pastDueSince, SUSPENDED_DAY) <= now) return 'suspended';
  if (status === 'unpaid') return 'read_only';
  return pastDueSince && dayOf(pastDueSince, READ_ONLY_DAY) <= now ? 'read_only' : 'retrying';
}

/** The days on which something stops; null while nothing is overdue. */
export function dunningDays({ status, pastDueSince }: DunningFacts) {
  if (!isOverdue(status) || !pastDueSince) return null;
  return {
    readOnlyAt: dayOf(pastDueSince, READ_ONLY_DAY),
    suspendedAt: dayOf(pastDueSince, SUSPENDED_DAY),
  };
}

/**
 * The notice that the moment asks for; null while nothing is overdue. Who comes late gets the newest alone: three mails
 * at once say no more than the last of them.
 */
export function dueNotice(facts: DunningFacts, now: Date): DunningNotice | null {
  const stage = dunningStage(facts, now);
  const { pastDueSince } = facts;
  if (stage === 'none' || !pastDueSince) return null;
  if (stage !== 'retrying') return stage;
  const due = NOTICE_DAYS.filter(([, days]) => dayOf(pastDueSince, days) <= now);
  return due.at(-1)?.[0] ?? null;
}

/** When to look again because time alone changes something; null: never. */
export function nextDunningMoment(facts: DunningFacts, now: Date): Date | null {
  const { pastDueSince } = facts;
  if (!isOverdue(facts.status) || !pastDueSince) return null;
  const moments = NOTICE_DAYS.map(([, days]) => dayOf(pastDueSince, days));
  return moments.find((moment) => moment > now) ?? null;
}
