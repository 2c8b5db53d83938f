import { billingCycleSchema, findCurrentPlan, planIdSchema } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { addOnsFor, unitsOf } from './add-ons/add-ons-for';
import { countsOf } from './add-ons/to-add-on-dto';
import { findOwnSubscription } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import type { FullOffer } from './gateways/port';
import { getSubscription } from './get-subscription';
import { requireCommand } from './lifecycle';
import { openMoveOf } from './moves/open-move';
import { mayChangeBilling, mayReadBilling } from './policy';
import { previewTerms } from './preview-terms';
import type { Terms } from './provider-state';
import { readAddOns } from './read-offer';
import { requireAbility } from './require-ability';
import {
  type ChangePreview,
  type ChangeSubscriptionInput,
  type SubscriptionDto,
  subscriptionStatusSchema,
} from './schemas';
import type { SubscriptionRow } from './to-dto';
import { sameTerms, type Wish } from './wish';
import { askOf, wishToChange } from './write-wish';

type Target = { offer: FullOffer; terms: Terms; when: 'now' | 'period_end'; wish: Wish };

const commandOf = (when: Target['when']) =>
  when === 'now' ? 'change_now' : 'change_at_period_end';

function requireDifference(target: Omit<Target, 'wish'>, before: Wish, name: string): void {
  const { terms, when } = target;
  const there = when === 'now' ? before.terms : (before.next ?? before.terms);
  if (!sameTerms(terms, there)) return;
  throw invalidField(
    'plan_id',
    'no_change',
    before.next && when === 'period_end'
      ? `${name}, ${terms.billingCycle}, is what comes next already.`
      : `${name}, ${terms.billingCycle}, is what you have.`,
  );
}

/** What to change to, checked. Throws 409 by the state machine, 422 for a plan on quote and for no change. */
async function readTarget(
  ctx: Ctx,
  row: SubscriptionRow,
  input: ChangeSubscriptionInput,
): Promise<Target> {
  const when = input.when ?? 'now';
  requireCommand(subscriptionStatusSchema.parse(row.status), commandOf(when));
  requireAbility(gatewayOf(row), commandOf(when));
  const planId = input.plan_id ?? planIdSchema.parse(row.planId);
  const cycle = input.billing_cycle ?? billingCycleSchema.parse(row.billingCycle);
  const before = wishToChange(row);
  // What waits is replaced by a change now, and changed by another that waits.
  const from = when === 'now' ? before.terms : (before.next ?? before.terms);
  const { plan, addOns } = await withTenant(ctx, async (tx) => ({
    plan: await findCurrentPlan(tx, planId, ctx.clock.now()),
    addOns: addOnsFor(planId, await readAddOns(tx, from.addOns)),
  }));
  if (!plan) throw invalidField('plan_id', 'unknown_plan', 'This plan is not on sale.');
  if (plan.prices[cycle] === null) {
    throw invalidField(
      'plan_id',
      'quote_required',
      `${plan.name} is priced by quote. Ask us for one; nothing was changed.`,
    );
  }
  const terms: Terms = {
    planId,
    planVersion: plan.version,
    billingCycle: cycle,
    addOns: unitsOf(addOns),
  };
  const target = { offer: { plan, cycle, addOns }, terms, when };
  requireDifference(target, before, plan.name);
  const back = sameTerms(terms, before.terms);
  // Either takes the place of what waited; an end that waits is left as it is.
  const wish: Wish =
    when === 'now' ? { ...before, terms, next: null } : { ...before, next: back ? null : terms };
  return { ...target, wish };
}

const describeTerms = (terms: Terms | null) =>
  terms && {
    plan_id: terms.planId,
    billing_cycle: terms.billingCycle,
    add_ons: countsOf(terms.addOns),
  };

/**
 * Changes plan or cycle. `now`: the unused part is credited and the new part charged at once; a refused
 * card (402 `payment_failed`) changes nothing; in a trial nothing is charged and the trial goes on.
 * `period_end`: nothing is charged now, and the new plan begins with the next period. Throws 409 by
 * the state machine, `subscription_changed`, `subscription_changing`; 422 `quote_required`, `no_change`.
 */
export async function changeSubscription(
  ctx: Ctx,
  id: string,
  input: ChangeSubscriptionInput,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { wish, when, terms } = await readTarget(ctx, row, input);
  await askOf(ctx, row, {
    command: commandOf(when),
    wish,
    audit: {
      action: 'subscription.change_requested',
      before: { plan_id: row.planId, billing_cycle: row.billingCycle },
      after: { ...describeTerms(terms), when },
    },
  });
  return getSubscription(ctx, id);
}

/**
 * What comes next without what the customer asked for: nothing, or the version of the plan that we move it to. Throws 409
 * `moved_by_operator` where that is all that waits.
 */
async function nextWithout(ctx: Ctx, { terms, next }: Wish): Promise<Terms | null> {
  const move = await withTenant(ctx, (tx) => openMoveOf(tx, ctx.tenantId));
  if (move?.moment !== 'renewal' || move.planId !== terms.planId) return null;
  if (next?.planVersion !== move.toVersion) return null;
  const moved = { ...terms, planVersion: move.toVersion };
  if (!sameTerms(next, moved)) return moved;
  throw conflict(
    'moved_by_operator',
    'Nothing that you asked for waits: the plan gets a new version, as we wrote. If you don’t want it, cancel the subscription before that day, or change to another plan.',
  );
}

/** Takes back a change that waits for the period's end. Throws 409 `nothing_waiting`, `moved_by_operator`. */
export async function withdrawChange(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  requireCommand(subscriptionStatusSchema.parse(row.status), 'withdraw_change');
  const before = wishToChange(row);
  if (!before.next)
    throw conflict('nothing_waiting', 'No change waits, so the plan simply goes on.');
  const next = await nextWithout(ctx, before);
  await askOf(ctx, row, {
    command: 'withdraw_change',
    wish: { ...before, next },
    audit: {
      action: 'subscription.change_withdrawn',
      before: { next: describeTerms(before.next) },
      after: { next: describeTerms(next) },
    },
  });
  return getSubscription(ctx, id);
}

/**
 * What a change would cost, computed by whoever will collect it: charged now, line by line, and with the
 * next invoice. Changes nothing.
 */
export async function previewChange(
  ctx: Ctx,
  id: string,
  input: ChangeSubscriptionInput,
): Promise<ChangePreview> {
  mayReadBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { offer, when } = await readTarget(ctx, row, input);
  return previewTerms(row, { now: when === 'now' ? offer : null, later: offer });
}
