import { recordAudit } from '@/lib/domains/audit';
import type { PlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import type { Discount } from './discount/schemas';
import { provisionContract } from './job-contracts';
import { RECOVERY_MS } from './leave-to-job';
import type { GatewayName } from './schemas';
import { describeSubscription, type SubscriptionRow } from './to-dto';
import { writeEvent } from './write-event';

/** A subscription as it is wished for, before anything is asked of the provider. */
export type NewSubscription = {
  gateway: GatewayName;
  plan: PlanVersion;
  billingCycle: string;
  trialEndsAt: Date | null;
  coupon: string | null;
  /** One that comes along from a subscription before it. */
  discount: Discount | null;
  /** Charged to the card on file, when there is one that is good. */
  cardOnFile: boolean;
  successUrl: string | null;
  cancelUrl: string | null;
};

/**
 * Writes down a subscription that is to begin, with audit, history, event and a job that makes it true should this process
 * die. The caller holds the tenant's billing lock and has seen that no other lives.
 */
export async function insertSubscription(
  tx: Tx,
  ctx: Ctx,
  { plan, discount, ...wish }: NewSubscription,
): Promise<SubscriptionRow> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const row = await tx.subscription.create({
    data: {
      tenantId,
      id: newId(now.getTime()),
      status: 'incomplete',
      ...wish,
      planId: plan.planId,
      planVersion: plan.version,
      wishPlanId: plan.planId,
      wishPlanVersion: plan.version,
      wishCycle: wish.billingCycle,
      ...(discount ? { wishDiscount: discount } : {}),
      createdAt: now,
      updatedAt: now,
    },
  });
  await recordAudit(tx, ctx, {
    action: 'subscription.created',
    object: { type: 'subscription', id: row.id },
    after: describeSubscription(row),
  });
  await writeEvent(tx, ctx, null, row);
  await emit(tx, ctx, 'subscription.changed', {
    id: publicId('subscription', row.id),
    status: row.status,
    plan_id: row.planId,
  });
  const job = { tenantId, subscriptionId: row.id };
  await enqueue(tx, provisionContract, job, {
    afterMs: RECOVERY_MS,
    key: `provision:${row.id}`,
  });
  return row;
}
