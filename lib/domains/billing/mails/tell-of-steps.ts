import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { isOverdue } from '../dunning/schedule';
import { readOffer } from '../read-offer';
import { subscriptionStatusSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { termsOf } from '../wish';
import { aboutTenant, mailPayers } from './payers';

/** A subscription before and after what its provider said. */
export type Step = { before: SubscriptionRow; after: SubscriptionRow };

const overdue = ({ status }: SubscriptionRow) => isOverdue(subscriptionStatusSchema.parse(status));

/** Nobody hears that it is paid who never heard that it isn't. */
async function wasReminded(tx: Tx, { tenantId, id, pastDueSince }: SubscriptionRow) {
  if (!pastDueSince) return false;
  const sent = await tx.dunningNotice.count({
    where: { tenantId, subscriptionId: id, at: { gte: pastDueSince } },
  });
  return sent > 0;
}

const endsAnew = ({ before, after }: Step) =>
  after.status !== 'cancelled' &&
  after.cancelAt !== null &&
  after.cancelAt.getTime() !== before.cancelAt?.getTime();

function reasonOf({ before, after }: Step) {
  if (after.wishEnd !== 'none') return 'asked';
  if (before.status === 'trialing') return 'trial_over';
  return overdue(before) ? 'unpaid' : 'provider';
}

/** What a step is told as; null where it is nobody's news. */
async function messageOf(tx: Tx, step: Step, now: Date) {
  const { before, after } = step;
  if (before.status === 'incomplete' || before.status === 'cancelled') return null;
  if (after.status === 'cancelled') {
    // One of two that were made for the same purchase is put away without a word.
    if (after.cancelReason === 'duplicate') return null;
    const endedAt = (after.endedAt ?? now).toISOString();
    return { template: 'subscription_ended', endedAt, reason: reasonOf(step) } as const;
  }
  if (endsAnew(step) && after.cancelAt) {
    const until = after.cancelAt.toISOString();
    const onTrial = after.status === 'trialing';
    return { template: 'subscription_ending', until, onTrial } as const;
  }
  const returned = overdue(before) && after.status === 'active' && (await wasReminded(tx, before));
  return returned ? ({ template: 'payment_returned' } as const) : null;
}

/**
 * Mails those who pay what a subscription's steps mean for them, in the transaction that writes the steps: each is
 * written once, so that it is told once. The caller holds the tenant's billing lock.
 */
export async function tellOfSteps(tx: Tx, ctx: Ctx, steps: readonly Step[]): Promise<void> {
  const { tenantId } = ctx;
  for (const step of steps) {
    const message = await messageOf(tx, step, ctx.clock.now());
    const about = message && (await aboutTenant(tx, tenantId));
    if (!message || !about) continue;
    const { tenantName, billingUrl: link } = about;
    const { plan } = await readOffer(tx, termsOf(step.after));
    await mailPayers(tx, tenantId, { ...message, link, tenantName, planName: plan.name });
  }
}
