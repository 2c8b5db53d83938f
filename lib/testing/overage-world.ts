import type pg from 'pg';
import { createSubscription, refreshCheckout, setOverage } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, pay, type useBillingWorld } from './billing-world';

type World = ReturnType<typeof useBillingWorld>;
type Wish = { plan_id?: string; billing_cycle?: string; trial_days?: number; coupon?: string };

const firstOf = (at: Date, months: number) =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));

/** One clock for the product and the provider, which both only move forward. */
export function useMovedTime(world: World) {
  let offset = 0;
  const clock = { now: () => new Date(Date.now() + offset) };
  return {
    clock,
    /** The first moment of the month that is `months` from the clock's. */
    month: (months: number) => firstOf(clock.now(), months),
    /** Moves both to an instant; what falls due at the provider on the way is done. */
    async moveTo(at: Date): Promise<void> {
      offset = at.getTime() - Date.now();
      const answer = await fetch(`${world.sandbox.url}/_sandbox/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ offset_seconds: Math.ceil(offset / 1_000) }),
      });
      if (answer.status !== 200) throw new Error(`the clock answered ${answer.status}`);
    },
  };
}

/** A tenant that pays for Professional by the month unless said otherwise, with overage switched on. */
export async function overageTenant(
  world: World,
  time: ReturnType<typeof useMovedTime>,
  wish: Wish = {},
) {
  const tenant = await createTenant(world, { ageDays: 40 });
  const ctx: Ctx = { ...tenant.ctx, clock: time.clock };
  const made = await createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      trial_days: 0,
      ...wish,
    }),
  );
  await pay(made.checkout_url);
  await refreshCheckout(ctx);
  await setOverage(ctx, 'api_calls', { mode: 'on' });
  return { ctx, subscription: made.id };
}

/** Has so many calls counted in an hour, as the gateway counts them; a negative number takes them back. */
export async function countCalls(
  world: { admin: Pick<pg.Pool, 'query'> },
  { tenantId }: Pick<Ctx, 'tenantId'>,
  units: number,
  at: Date,
): Promise<void> {
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  await world.admin.query(
    `INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
     VALUES ($1, 'api_calls', $2, '', $3::int, $3::int, 1, 1, $2)
     ON CONFLICT (tenant_id, meter, hour, dimension)
     DO UPDATE SET count = usage_rollup.count + $3::int, sum = usage_rollup.sum + $3::int`,
    [tenantId, hour, units],
  );
  await world.admin.query(
    `INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at)
     VALUES ($1, 'api_calls', $2, $3::int, now())
     ON CONFLICT (tenant_id, meter, period_start) DO UPDATE SET used = usage_period.used + $3::int`,
    [tenantId, firstOf(hour, 0), units],
  );
}
