import { billingCycleSchema, findCurrentPlan, planIdSchema } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { money } from '@/lib/kernel/money';
import { findOwnSubscription, requireRunning } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import type { InvoicePreview, Offer, Standing } from './gateways/port';
import { getSubscription } from './get-subscription';
import { toLineDto } from './invoice-lines';
import { requireCommand } from './lifecycle';
import { mayChangeBilling, mayReadBilling } from './policy';
import type { PlanPrice } from './provider-state';
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

type Target = { offer: Offer; terms: PlanPrice; when: 'now' | 'period_end'; wish: Wish };

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
  const plan = await withTenant(ctx, (tx) => findCurrentPlan(tx, planId, ctx.clock.now()));
  if (!plan) throw invalidField('plan_id', 'unknown_plan', 'This plan is not on sale.');
  if (plan.prices[cycle] === null) {
    throw invalidField(
      'plan_id',
      'quote_required',
      `${plan.name} is priced by quote. Ask us for one; nothing was changed.`,
    );
  }
  const before = wishToChange(row);
  const terms: PlanPrice = { planId, planVersion: plan.version, billingCycle: cycle };
  const target = { offer: { plan, cycle }, terms, when };
  requireDifference(target, before, plan.name);
  const back = sameTerms(terms, before.terms);
  // Either takes the place of what waited; an end that waits is left as it is.
  const wish: Wish =
    when === 'now' ? { ...before, terms, next: null } : { ...before, next: back ? null : terms };
  return { ...target, wish };
}

const describeTerms = (terms: PlanPrice | null) =>
  terms && { plan_id: terms.planId, billing_cycle: terms.billingCycle };

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

/** Takes back a change that waits for the period's end. Throws 409 `nothing_waiting`. */
export async function withdrawChange(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  requireCommand(subscriptionStatusSchema.parse(row.status), 'withdraw_change');
  const before = wishToChange(row);
  if (!before.next)
    throw conflict('nothing_waiting', 'No change waits, so the plan simply goes on.');
  await askOf(ctx, row, {
    command: 'withdraw_change',
    wish: { ...before, next: null },
    audit: {
      action: 'subscription.change_withdrawn',
      before: { next: describeTerms(before.next) },
      after: { next: null },
    },
  });
  return getSubscription(ctx, id);
}

/** What the next invoice collects once `first`, made before it, has used up credit or left some. */
function dueAfter(first: InvoicePreview | null, next: InvoicePreview): number {
  if (!first) return next.due;
  const credit = Math.max(0, first.creditBefore - first.total);
  return Math.max(0, next.total - credit);
}

async function previewAtEnd(row: SubscriptionRow, standing: Standing, offer: Offer) {
  const next = await gatewayOf(row).previewRenewal(standing, offer);
  const at = row.currentPeriodEnd ?? next?.at;
  return {
    lines: [],
    due_now: money(0, offer.plan.currency),
    next_invoice:
      next && at ? { at: at.toISOString(), total: money(next.due, next.currency) } : null,
  };
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
  return previewOffer(row, offer, when);
}

/** The same for an offer that is known. */
export async function previewOffer(
  row: SubscriptionRow,
  offer: Offer,
  when: 'now' | 'period_end',
): Promise<ChangePreview> {
  const trialing = row.status === 'trialing';
  const standing = { providerId: requireRunning(row), trialing };
  if (when === 'period_end' || trialing) return previewAtEnd(row, standing, offer);
  const gateway = gatewayOf(row);
  const first = await gateway.previewChange(standing, offer);
  const next = await gateway.previewRenewal(standing, offer, { afterChange: true });
  const anew = offer.cycle !== row.billingCycle;
  const at = anew ? first.periodEnd : row.currentPeriodEnd;
  const { currency } = first;
  return {
    lines: first.lines.map((line) => toLineDto(line, currency)),
    due_now: money(first.due, currency),
    next_invoice:
      next && at ? { at: at.toISOString(), total: money(dueAfter(first, next), currency) } : null,
  };
}
