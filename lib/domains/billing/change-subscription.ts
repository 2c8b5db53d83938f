import { recordAudit } from '@/lib/domains/audit';
import {
  billingCycleSchema,
  findCurrentPlan,
  type PlanVersion,
  planIdSchema,
} from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { callStripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { money } from '@/lib/kernel/money';
import { convergeBilling } from './converge-billing';
import { findOwnSubscription, requireRunning } from './find-subscription';
import { getSubscription } from './get-subscription';
import { fromSeconds, toInvoiceLine, toLineDto } from './invoice-lines';
import { mayChangeBilling, mayReadBilling } from './policy';
import type { ChangePreview, ChangeSubscriptionInput, SubscriptionDto } from './schemas';
import { ensurePrice } from './sync-catalogue';
import type { SubscriptionRow } from './to-dto';

type Target = {
  providerId: string;
  itemId: string;
  price: string;
  plan: PlanVersion;
  cycle: string;
};

/** What to change to, checked. Throws 422 for a plan on quote, for no change, and for a later time. */
async function readTarget(
  ctx: Ctx,
  row: SubscriptionRow,
  input: ChangeSubscriptionInput,
): Promise<Target> {
  const providerId = requireRunning(row);
  if (input.when === 'period_end') {
    throw invalidField(
      'when',
      'not_available',
      'Plans change at once, with what is unused credited. Changes at the end of the period aren’t offered yet.',
    );
  }
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
  if (planId === row.planId && plan.version === row.planVersion && cycle === row.billingCycle) {
    throw invalidField('plan_id', 'no_change', `${plan.name}, ${cycle}, is what you have.`);
  }
  const price = await ensurePrice(plan, cycle);
  const current = await callStripe((stripe) => stripe.subscriptions.retrieve(providerId));
  return { providerId, itemId: current.items.data[0]?.id ?? '', price, plan, cycle };
}

/**
 * Changes plan or cycle now: the unused part is credited and the new part charged at once; a
 * refused card (402 `payment_failed`) changes nothing. In a trial nothing is charged and the trial
 * goes on. Throws 409 `subscription_incomplete`, `subscription_ended`; 422 `quote_required`, `no_change`.
 */
export async function changeSubscription(
  ctx: Ctx,
  id: string,
  input: ChangeSubscriptionInput,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const target = await readTarget(ctx, row, input);
  const trialing = row.status === 'trialing';
  // Written down first: whatever becomes of it at the provider, it is known who asked.
  await withTenant(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'subscription.change_requested',
      object: { type: 'subscription', id: row.id },
      before: { plan_id: row.planId, billing_cycle: row.billingCycle },
      after: { plan_id: target.plan.planId, billing_cycle: target.cycle },
    }),
  );
  await callStripe((stripe) =>
    stripe.subscriptions.update(target.providerId, {
      items: [{ id: target.itemId, price: target.price }],
      proration_behavior: trialing ? 'none' : 'always_invoice',
      payment_behavior: trialing ? 'allow_incomplete' : 'error_if_incomplete',
    }),
  );
  await convergeBilling(ctx);
  return getSubscription(ctx, id);
}

/** What a change would cost: charged now, and with the next invoice. Changes nothing. */
export async function previewChange(
  ctx: Ctx,
  id: string,
  input: ChangeSubscriptionInput,
): Promise<ChangePreview> {
  mayReadBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { providerId, itemId, price, plan, cycle } = await readTarget(ctx, row, input);
  const trialing = row.status === 'trialing';
  const preview = await callStripe((stripe) =>
    stripe.invoices.createPreview({
      subscription: providerId,
      subscription_details: {
        items: [{ id: itemId, price }],
        proration_behavior: trialing ? 'none' : 'always_invoice',
      },
    }),
  );
  const { currency } = preview;
  const lines = preview.lines.data.map((line) => toLineDto(toInvoiceLine(line), currency));
  const total = money(plan.prices[billingCycleSchema.parse(cycle)] ?? 0, plan.currency);
  const resets = !trialing && cycle !== row.billingCycle;
  const periodEnd = resets ? lastEnd(preview.lines.data) : row.currentPeriodEnd;
  return {
    lines,
    due_now: money(trialing ? 0 : preview.amount_due, currency),
    next_invoice: periodEnd ? { at: periodEnd.toISOString(), total } : null,
  };
}

function lastEnd(lines: readonly { period: { end: number } }[]): Date | null {
  if (lines.length === 0) return null;
  return fromSeconds(Math.max(...lines.map((line) => line.period.end)));
}
