import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import { subscribe, subscriptionAtStripe, useBillingWorld } from '@/lib/testing/billing-world';
import { type TimedTenant, tenantInOwnTime } from '@/lib/testing/own-time';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  changeSubscription,
  findDrift,
  getSubscription,
  listInvoices,
  pauseSubscription,
  resumeSubscription,
} from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const MONTH = 19_900;
let tenant: TimedTenant;
let id: string;

beforeAll(async () => {
  await stripe().coupons.create({
    id: 'TWO',
    percent_off: 10,
    duration: 'repeating',
    duration_in_months: 2,
  });
});

beforeEach(async () => {
  tenant = await tenantInOwnTime(world, { ageDays: 40 });
  id = (await subscribe(tenant.ctx)).id;
  await tenant.travel(5);
  await applyDiscountCode(tenant.ctx, id, { code: 'TWO' });
});

const kept = async () =>
  (
    await world.admin.query<{ wish_discount: object | null; discount: object | null }>(
      'SELECT wish_discount, discount FROM subscription WHERE tenant_id = $1',
      [tenant.ctx.tenantId],
    )
  ).rows[0];
const totals = async () =>
  (await listInvoices(tenant.ctx, { limit: 10 })).data.map(({ total }) => total.amount);

/** Nobody wishes for it, has it, or tells of a difference. */
async function expectOver(): Promise<void> {
  const { ctx } = tenant;
  expect(await kept()).toEqual({ wish_discount: null, discount: null });
  expect((await getSubscription(ctx, id)).discount).toBeNull();
  expect(await findDrift(ctx, id)).toEqual([]);
}

describe('a discount for some months', () => {
  it('is over when its end has passed, though the provider names it until the next invoice', async () => {
    await tenant.travel(64);
    expect(await kept()).toMatchObject({ discount: { key: 'coupon:TWO' } });
    await tenant.travel(70);
    await expectOver();
    await tenant.travel(94);
    await expectOver();
    expect(await totals()).toEqual([MONTH, MONTH * 0.9, MONTH * 0.9, MONTH]);
  });

  it('is over after a pause in which it came to its end', async () => {
    const { ctx } = tenant;
    await tenant.travel(64);
    await pauseSubscription(ctx, id);
    await tenant.travel(120);
    await resumeSubscription(ctx, id);
    await expectOver();
    expect((await subscriptionAtStripe(world, ctx)).discounts).toEqual([]);
    await tenant.travel(155);
    await expectOver();
    expect((await totals())[0]).toBe(MONTH);
  });

  it('is over for what is asked while nobody has read yet that it is', async () => {
    const { ctx } = tenant;
    await tenant.travel(64);
    const before = await kept();
    await tenant.travel(94);
    expect((await subscriptionAtStripe(world, ctx)).discounts).toEqual([]);
    await world.admin.query(
      'UPDATE subscription SET wish_discount = $2, discount = $3 WHERE tenant_id = $1',
      [ctx.tenantId, before?.wish_discount, before?.discount],
    );
    await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    expect((await subscriptionAtStripe(world, ctx)).discounts).toEqual([]);
    await expectOver();
  });
});
