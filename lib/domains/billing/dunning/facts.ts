import { subscriptionStatusSchema } from '../schemas';
import { type DunningFacts, dunningDays, dunningStage, isOverdue } from './schedule';
import type { DunningDto } from './schemas';

type Row = { status: string; pastDueSince: Date | null };

/** What dunning reads of a subscription. */
export function factsOf(row: Row): DunningFacts {
  return { status: subscriptionStatusSchema.parse(row.status), pastDueSince: row.pastDueSince };
}

/** Since when money is overdue after a change of status: kept while it stays so, forgotten once it is paid. */
export function pastDueSince(before: Row | null, status: string, now: Date): Date | null {
  if (!isOverdue(subscriptionStatusSchema.parse(status))) return null;
  return before?.pastDueSince ?? now;
}

export function toDunningDto(row: Row, now: Date): DunningDto | null {
  const facts = factsOf(row);
  const stage = dunningStage(facts, now);
  const days = dunningDays(facts);
  if (stage === 'none' || !days || !facts.pastDueSince) return null;
  return {
    stage,
    since: facts.pastDueSince.toISOString(),
    read_only_at: days.readOnlyAt.toISOString(),
    suspended_at: days.suspendedAt.toISOString(),
  };
}
