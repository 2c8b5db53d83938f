import type { Money } from '@/lib/kernel/money';
import { moneyDto } from '../money-dto';
import { subscriptionStatusSchema } from '../schemas';
import { type DunningFacts, dunningDays, dunningStage, isOverdue } from './schedule';
import type { DunningDto } from './schemas';

type Row = { status: string; pastDueSince: Date | null };

/** What a subscription owes without an invoice; null where one says it. */
export const owedOf = (row: { owed: unknown }): Money | null => moneyDto.nullable().parse(row.owed);

/** What dunning reads of a subscription. */
export function factsOf(row: Row): DunningFacts {
  return { status: subscriptionStatusSchema.parse(row.status), pastDueSince: row.pastDueSince };
}

/**
 * Since when money is overdue, forgotten once it is paid: what the provider has `told`, so that it doesn't matter when and in which
 * order that is heard; where it tells nothing, or what lies ahead of our clock, what was kept, else `now`.
 */
export function pastDueSince(
  before: Row | null,
  status: string,
  told: Date | null,
  now: Date,
): Date | null {
  if (!isOverdue(subscriptionStatusSchema.parse(status))) return null;
  return told && told <= now ? told : (before?.pastDueSince ?? now);
}

export function toDunningDto(row: Row & { owed: unknown }, now: Date): DunningDto | null {
  const facts = factsOf(row);
  const stage = dunningStage(facts, now);
  const days = dunningDays(facts);
  if (stage === 'none' || !days || !facts.pastDueSince) return null;
  return {
    stage,
    since: facts.pastDueSince.toISOString(),
    read_only_at: days.readOnlyAt.toISOString(),
    suspended_at: days.suspendedAt.toISOString(),
    owed: owedOf(row),
  };
}
