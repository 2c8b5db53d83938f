import { expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { countCalls, overageTenant, useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { changeSubscription, listInvoices } from '..';
import { stripeMeters } from '../gateways/stripe/meters';
import { healTenant } from '../reconcile-billing';
import { reportUsage } from './report-usage';

vi.setConfig({ testTimeout: 90_000 });
const DAY = 86_400_000;
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

async function customerOf({ tenantId }: Ctx): Promise<string> {
  const { rows } = await world.admin.query<{ customer_id: string }>(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [tenantId],
  );
  return rows[0]?.customer_id ?? '';
}

/** What the provider has of the month that is `months` from now. */
async function there(ctx: Ctx, months = 0): Promise<number | null> {
  const month = { start: time.month(months), end: time.month(months + 1) };
  return stripeMeters.read({ customer: await customerOf(ctx), meter: 'api_calls', month });
}

it('tells the provider’s meter the month’s total, the last word counting, however often it is said', async () => {
  await time.moveTo(after(time.month(1), 3 * DAY));
  const { ctx } = await overageTenant(world, time);
  expect(await reportUsage(ctx, { compare: false })).toBe(0);
  expect(await there(ctx)).toBeNull();
  await countCalls(world, ctx, 700, time.clock.now());
  world.trouble({ path: '/v1/billing/meter_events', when: 'after', times: 1 });
  expect(await reportUsage(ctx, { compare: false })).toBe(1);
  expect(await reportUsage(ctx, { compare: true })).toBe(0);
  expect(await there(ctx)).toBe(700);
  await countCalls(world, ctx, 42, time.clock.now());
  await reportUsage(ctx, { compare: false });
  expect(await there(ctx)).toBe(742);
  // Down as well, and back to what was said before: it isn't taken for a repetition.
  await countCalls(world, ctx, -42, time.clock.now());
  await reportUsage(ctx, { compare: false });
  expect(await there(ctx)).toBe(700);
});

it('tells what came late of the month before, and begins the new one from nothing', async () => {
  await time.moveTo(after(time.month(1), DAY));
  const { ctx } = await overageTenant(world, time);
  await countCalls(world, ctx, 100, time.clock.now());
  await reportUsage(ctx, { compare: false });
  await time.moveTo(after(time.month(1), DAY));
  await countCalls(world, ctx, 5, after(time.month(0), -DAY));
  await countCalls(world, ctx, 9, time.clock.now());
  expect(await reportUsage(ctx, { compare: false })).toBe(2);
  expect([await there(ctx, -1), await there(ctx)]).toEqual([105, 9]);
});

it('puts right what the reconciler finds otherwise there', async () => {
  await time.moveTo(after(time.month(1), DAY));
  const { ctx } = await overageTenant(world, time);
  await countCalls(world, ctx, 100, time.clock.now());
  await reportUsage(ctx, { compare: false });
  const customer = await customerOf(ctx);
  await time.moveTo(after(time.clock.now(), 2_000));
  await stripe().billing.meterEvents.create({
    event_name: 'nz_api_calls',
    payload: { stripe_customer_id: customer, value: '7' },
    timestamp: Math.floor(time.clock.now().getTime() / 1_000),
  });
  expect(await there(ctx)).toBe(7);
  await time.moveTo(after(time.clock.now(), 2_000));
  await healTenant({ ...ctx, actor: { kind: 'job', name: 'billing.converge' } });
  expect(await there(ctx)).toBe(100);
});

it('has subscriptions made so that a part of a period has its discount beside it', async () => {
  const coupon = await stripe().coupons.create({ percent_off: 10, duration: 'forever' });
  const { ctx, subscription } = await overageTenant(world, time, { coupon: coupon.id });
  await changeSubscription(ctx, subscription, { plan_id: 'enterprise' });
  const [newest] = (await listInvoices(ctx, { limit: 1 })).data;
  const charge = newest?.lines.find(({ kind }) => kind === 'remaining_time');
  expect(charge?.discount.amount).toBe(Math.round((charge?.amount.amount ?? 0) / 10));
  expect(charge?.discount.amount).toBeGreaterThan(0);
});
