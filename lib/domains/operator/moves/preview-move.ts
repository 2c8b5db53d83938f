import { CYCLE_MONTHS, obstacleOf } from '@/lib/domains/billing';
import {
  type BillingCycle,
  billingCycleSchema,
  type PlanVersion,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from '../platform-audit';
import { requirePlanId } from '../plans/read-plans';
import { movable } from './movable';
import { type PlanMoveInput, planMovePreview, type PlanMovePreview } from './schemas';
import { type SubscriptionRow, subscriberPages } from './subscribers';

type Group = PlanMovePreview['groups'][number];

/** A plan's list price by the month, in minor units. */
const monthly = (price: number | null, cycle: BillingCycle) => (price ?? 0) / CYCLE_MONTHS[cycle];

/** A move as it would be written down. */
const beginning = (input: PlanMoveInput, planId: string, held: PlanVersion) => ({
  planId,
  fromVersion: held.version,
  toVersion: input.to_version,
  moment: input.moment,
  noticeDays: input.notice_days,
  state: 'queued',
  withdrawn: false,
  asks: 0,
  effectiveAt: null,
});

async function readPreview(tx: Tx, input: PlanMoveInput, now: Date): Promise<PlanMovePreview> {
  const { planId, to, from } = await movable(tx, input, now);
  const groups = new Map<string, Group>();
  const leftOut = new Map<string, number>();
  const sums = { subscriptions: 0, sandboxes: 0, before: 0, after: 0 };
  const add = (row: SubscriptionRow, inSandbox: boolean) => {
    const held = from.get(row.planVersion) as PlanVersion;
    const waits = input.moment === 'renewal' ? row.nextCycle : null;
    const cycle = billingCycleSchema.parse(waits ?? row.billingCycle);
    const reason = obstacleOf(row, beginning(input, planId, held), to);
    if (reason) {
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
      return;
    }
    const key = `${held.version} ${cycle}`;
    const group = groups.get(key) ?? {
      version: held.version,
      billing_cycle: cycle,
      subscriptions: 0,
      price_before: held.prices[cycle],
      price_after: to.prices[cycle],
    };
    groups.set(key, { ...group, subscriptions: group.subscriptions + 1 });
    sums.subscriptions += 1;
    if (inSandbox) sums.sandboxes += 1;
    else {
      sums.before += monthly(group.price_before, cycle);
      sums.after += monthly(group.price_after, cycle);
    }
  };
  const of = { planId, fromVersions: [...from.keys()] };
  for await (const { rows, sandboxes } of subscriberPages(tx, of)) {
    for (const row of rows) add(row, sandboxes.has(row.tenantId));
  }
  return planMovePreview.parse({
    plan_id: planId,
    currency: to.currency,
    to_version: to.version,
    from_versions: [...from.keys()],
    moment: input.moment,
    notice_days: input.notice_days,
    groups: [...groups.values()].sort(
      (a, b) =>
        a.version - b.version || CYCLE_MONTHS[a.billing_cycle] - CYCLE_MONTHS[b.billing_cycle],
    ),
    left_out: [...leftOut].map(([reason, subscriptions]) => ({ reason, subscriptions })),
    subscriptions: sums.subscriptions,
    sandboxes: sums.sandboxes,
    monthly_before: Math.round(sums.before),
    monthly_after: Math.round(sums.after),
  });
}

/**
 * Whom a move would be about and what they would pay by list price, as of now. Changes nothing. Throws `forbidden`, `not_found`,
 * 409 `not_on_sale`, 422 `version_unknown`.
 */
export async function previewPlanMove(
  ctx: OperatorCtx,
  input: PlanMoveInput,
): Promise<PlanMovePreview> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  return withOperator(ctx, async (tx) => ({
    result: await readPreview(tx, input, ctx.clock.now()),
    entry: { action: 'plan_move.previewed', object: { type: 'plan', id: planId } },
  }));
}
