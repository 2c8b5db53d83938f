import { convergeBilling } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, type NewTenant, type World } from './billing-world';

const DAY = 86_400_000;

/** A tenant whose customer lives by a test clock, with which the tenant's own time goes along. */
export type TimedTenant = NewTenant & {
  /** Moves both to so many days after the beginning, and takes over what the provider says then. */
  travel: (days: number) => Promise<void>;
  customer: string;
};

/** Makes one that begins now; `ageDays` as in `createTenant`. */
export async function tenantInOwnTime(
  world: World,
  of: { ageDays?: number } = {},
): Promise<TimedTenant> {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead * DAY) };
  const made = await createTenant(world, of);
  const as: NewTenant['as'] = (role) => ({ ...made.as(role), clock });
  const ctx: Ctx = { ...made.ctx, clock };
  const frozen = await stripe().testHelpers.testClocks.create({
    frozen_time: Math.floor(Date.now() / 1000),
  });
  const { id: customer } = await stripe().customers.create({ test_clock: frozen.id });
  await world.admin.query(
    `INSERT INTO billing_customer (tenant_id, gateway, customer_id, created_at)
     VALUES ($1, 'stripe', $2, now())`,
    [ctx.tenantId, customer],
  );
  const travel = async (days: number) => {
    ahead = days;
    await stripe().testHelpers.testClocks.advance(frozen.id, {
      frozen_time: Math.floor(clock.now().getTime() / 1000),
    });
    await convergeBilling(ctx);
  };
  return { ...made, ctx, as, travel, customer };
}
