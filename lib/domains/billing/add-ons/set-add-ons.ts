import { listAddOnVersions } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { findOwnSubscription, requireRunning } from '../find-subscription';
import { gatewayOf } from '../gateways/find-gateway';
import type { FullOffer } from '../gateways/port';
import { getSubscription } from '../get-subscription';
import { requireCommand } from '../lifecycle';
import { mayChangeBilling, mayReadBilling } from '../policy';
import { previewTerms } from '../preview-terms';
import type { Terms } from '../provider-state';
import { readOffer } from '../read-offer';
import { requireAbility } from '../require-ability';
import { type ChangePreview, type SubscriptionDto, subscriptionStatusSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { sameTerms, type Wish } from '../wish';
import { askOf, wishToChange } from '../write-wish';
import { addOnsFor, unitsOf } from './add-ons-for';
import type { SetAddOnsInput } from './schemas';
import { countsOf } from './to-add-on-dto';
import { addOnsUntilEnd, wishedAddOns } from './wished-add-ons';

/** What add-ons make of the wish, and the offers that its terms stand for; `now` null: nothing begins at once. */
type Target = { wish: Wish; before: Wish; now: FullOffer | null; later: FullOffer };

function requireDifference(wish: Wish, before: Wish): void {
  if (!sameTerms(wish.terms, before.terms) || !sameTerms(wish.next, before.next)) return;
  throw invalidField('add_ons', 'no_change', 'These are the add-ons that you have.');
}

/**
 * What is asked for, checked. More of an add-on begins at once, less of it with the next period; a plan that waits for the
 * period's end goes on waiting, with the add-ons that it can have.
 */
async function readTarget(ctx: Ctx, row: SubscriptionRow, input: SetAddOnsInput): Promise<Target> {
  requireCommand(subscriptionStatusSchema.parse(row.status), 'set_add_ons');
  requireRunning(row);
  requireAbility(gatewayOf(row), 'set_add_ons');
  const before = wishToChange(row);
  const { running, end, onSale } = await withTenant(ctx, async (tx) => ({
    running: await readOffer(tx, before.terms),
    end: await readOffer(tx, before.next ?? before.terms),
    onSale: await listAddOnVersions(tx, ctx.clock.now()),
  }));
  const held = running.addOns;
  const wished = wishedAddOns(input, { onSale, held, plans: [running.plan, end.plan] });
  const untilEnd = { ...running, addOns: addOnsUntilEnd(held, wished) };
  const later = { ...end, addOns: addOnsFor(end.plan.planId, wished) };
  const terms: Terms = { ...before.terms, addOns: unitsOf(untilEnd.addOns) };
  const next: Terms = { ...(before.next ?? before.terms), addOns: unitsOf(later.addOns) };
  const wish = { ...before, terms, next: sameTerms(terms, next) ? null : next };
  requireDifference(wish, before);
  const now = sameTerms(terms, before.terms) ? null : untilEnd;
  return { wish, before, now, later };
}

const describe = ({ terms, next }: Wish) => ({
  add_ons: countsOf(terms.addOns),
  next_add_ons: next && countsOf(next.addOns),
});

/**
 * Says which add-ons a running subscription is to have, all of them. What is more is charged at once for the time that is
 * left, and a refused card (402 `payment_failed`) changes nothing; what is less goes when the period ends. Throws 422
 * `add_on_unknown`, `add_on_not_for_plan`, `add_on_too_many`, `no_change`; 409 by the state machine,
 * `subscription_changed`, `subscription_changing`, `provider_refused`, `gateway_cannot`.
 */
export async function setAddOns(
  ctx: Ctx,
  id: string,
  input: SetAddOnsInput,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { wish, before } = await readTarget(ctx, row, input);
  await askOf(ctx, row, {
    command: 'set_add_ons',
    wish,
    audit: {
      action: 'subscription.add_ons_requested',
      before: describe(before),
      after: describe(wish),
    },
  });
  return getSubscription(ctx, id);
}

/** What these add-ons would cost, computed by whoever will collect it. Changes nothing; throws as setting them does. */
export async function previewAddOns(
  ctx: Ctx,
  id: string,
  input: SetAddOnsInput,
): Promise<ChangePreview> {
  mayReadBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  return previewTerms(row, await readTarget(ctx, row, input));
}
