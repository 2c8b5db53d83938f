import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  createTenant,
  type NewTenant,
  pay,
  passDays,
  subscribe,
  subscriptionAtStripe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  createSubscription,
  getSubscription,
  previewDiscountCode,
  refreshCheckout,
  removeDiscount,
} from '..';
import { createSubscriptionInput } from '../schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;

beforeAll(async () => {
  const { coupons } = stripe();
  await coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
  await coupons.create({ id: 'TWENTY', percent_off: 20, duration: 'forever' });
  await coupons.create({ id: 'TEN', percent_off: 10, duration: 'forever' });
  await coupons.create({
    id: 'TWO',
    percent_off: 10,
    duration: 'repeating',
    duration_in_months: 2,
  });
  await coupons.create({
    id: 'AGAIN',
    percent_off: 5,
    duration: 'once',
    metadata: { reusable: 'true' },
  });
  await coupons.create({
    id: 'STARTERS',
    percent_off: 5,
    duration: 'forever',
    applies_to: { products: ['nz_starter'] },
  });
  await coupons.create({
    id: 'PROS',
    percent_off: 5,
    duration: 'forever',
    applies_to: { products: ['nz_professional'] },
  });
});

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
});

const sale = (coupon: string, more: object = {}) =>
  createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      trial_days: 0,
      coupon,
      ...more,
    }),
  );
const redeemed = (path: string) => ({
  kind: 'invalid',
  errors: [{ path, code: 'coupon_redeemed' }],
});
const redeemedCodes = async () =>
  (
    await world.admin.query<{ key: string }>(
      'SELECT key FROM code_redemption WHERE tenant_id = $1 ORDER BY key',
      [ctx.tenantId],
    )
  ).rows.map(({ key }) => key);
/** Has the provider refuse the next change of a subscription. */
const refuseNext = () =>
  world.trouble({
    path: '/v1/subscriptions/',
    when: 'before',
    times: 1,
    writes: true,
    answer: {
      status: 400,
      body: JSON.stringify({ error: { type: 'invalid_request_error', message: 'No.' } }),
    },
  });

// First, while the provider's time is ours.
it('a code is redeemed by a trial that began', async () => {
  tenant = await createTenant(world);
  ctx = tenant.ctx;
  const { id } = await sale('TEN', { trial_days: 7 });
  expect(await getSubscription(ctx, id)).toMatchObject({ status: 'trialing' });
  await cancelSubscription(ctx, id, { when: 'now' });
  await convergeBilling(ctx);
  await expect(sale('TEN')).rejects.toMatchObject(redeemed('coupon'));
});

describe('a code is good once for an organisation', () => {
  it.each([
    ['ONCE', 32],
    ['TWO', 95],
  ])('%s is refused when it is used up', async (code, days) => {
    const { id } = await subscribe(ctx);
    await applyDiscountCode(ctx, id, { code });
    await passDays(world, ctx, days);
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    await expect(previewDiscountCode(ctx, id, { code })).rejects.toMatchObject(redeemed('code'));
    await expect(applyDiscountCode(ctx, id, { code })).rejects.toMatchObject(redeemed('code'));
    expect((await subscriptionAtStripe(world, ctx)).discounts).toEqual([]);
    expect(await redeemedCodes()).toEqual([`coupon:${code}`]);
  });

  it('and refused when it was taken away or replaced, though another organisation may have it', async () => {
    const { id } = await subscribe(ctx);
    await applyDiscountCode(ctx, id, { code: 'TWENTY' });
    await applyDiscountCode(ctx, id, { code: 'TEN' });
    await removeDiscount(ctx, id);
    for (const code of ['TWENTY', 'TEN']) {
      await expect(applyDiscountCode(ctx, id, { code })).rejects.toMatchObject(redeemed('code'));
    }
    const other = await createTenant(world, { ageDays: 40 });
    const theirs = await subscribe(other.ctx);
    expect(await applyDiscountCode(other.ctx, theirs.id, { code: 'TEN' })).toMatchObject({
      discount: { code: 'TEN' },
    });
  });

  it('and refused at a checkout after a subscription that had it, and the other way round', async () => {
    const { id } = await subscribe(ctx, { coupon: 'ONCE' });
    // Used up by the first invoice: the provider shows it to nobody.
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    await expect(applyDiscountCode(ctx, id, { code: 'ONCE' })).rejects.toMatchObject(
      redeemed('code'),
    );
    await applyDiscountCode(ctx, id, { code: 'TEN' });
    await cancelSubscription(ctx, id, { when: 'now' });
    for (const code of ['ONCE', 'TEN']) {
      await expect(sale(code)).rejects.toMatchObject(redeemed('coupon'));
    }
    expect((await sale('TWENTY')).status).toBe('incomplete');
  });

  it('unless it says otherwise', async () => {
    const { id } = await subscribe(ctx, { coupon: 'AGAIN' });
    expect(await applyDiscountCode(ctx, id, { code: 'AGAIN' })).toMatchObject({
      discount: { code: 'AGAIN' },
    });
    expect(await redeemedCodes()).toEqual([]);
  });
});

describe('a code that came to nothing is given back', () => {
  it('with a checkout that is replaced, cancelled or ran out', async () => {
    await sale('ONCE');
    expect(await redeemedCodes()).toEqual(['coupon:ONCE']);
    const other = await sale('TEN');
    expect(await redeemedCodes()).toEqual(['coupon:TEN']);
    await cancelSubscription(ctx, other.id, { when: 'now' });
    expect(await redeemedCodes()).toEqual([]);
    await sale('ONCE');
    await passDays(world, ctx, 2);
    expect(await redeemedCodes()).toEqual([]);
    const last = await sale('ONCE');
    expect(await pay(last.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active' });
    expect(await redeemedCodes()).toEqual(['coupon:ONCE']);
  });

  it('with a wish that the provider refuses', async () => {
    const { id } = await subscribe(ctx);
    refuseNext();
    await expect(applyDiscountCode(ctx, id, { code: 'TEN' })).rejects.toMatchObject({
      code: 'provider_refused',
    });
    expect(await redeemedCodes()).toEqual([]);
    expect(await applyDiscountCode(ctx, id, { code: 'TEN' })).toMatchObject({
      discount: { code: 'TEN' },
    });
    // A refusal of something else leaves it where it is.
    refuseNext();
    await expect(changeSubscription(ctx, id, { plan_id: 'enterprise' })).rejects.toMatchObject({
      code: 'provider_refused',
    });
    expect(await redeemedCodes()).toEqual(['coupon:TEN']);
  });
});

describe('at the same time', () => {
  const outcomes = async (asked: Promise<unknown>[]) =>
    (await Promise.allSettled(asked)).map(({ status }) => status).toSorted();

  it('one of several requests has the code of what runs', async () => {
    const { id } = await subscribe(ctx);
    const asked = Array.from({ length: 6 }, () => applyDiscountCode(ctx, id, { code: 'ONCE' }));
    expect(await outcomes(asked)).toEqual(['fulfilled', ...Array(5).fill('rejected')]);
    expect((await stripe().coupons.retrieve('ONCE')).times_redeemed).toBeGreaterThan(0);
    expect((await subscriptionAtStripe(world, ctx)).discounts).toHaveLength(1);
  });

  it('and two rows of one code can’t be, whoever writes them', async () => {
    const { id } = await subscribe(ctx, { coupon: 'TEN' });
    const again = world.admin.query(
      `INSERT INTO code_redemption SELECT tenant_id, gateway, key, subscription_id, now()
       FROM code_redemption WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    await expect(again).rejects.toThrow(/code_redemption_pkey/);
    expect(id).toMatch(/^sub_/);
  });
});

it('a code has to be for the plan that the next invoice is for', async () => {
  const { id } = await subscribe(ctx);
  await changeSubscription(ctx, id, { plan_id: 'starter', when: 'period_end' });
  await expect(applyDiscountCode(ctx, id, { code: 'PROS' })).rejects.toMatchObject({
    errors: [{ code: 'coupon_not_for_plan' }],
  });
  expect(await applyDiscountCode(ctx, id, { code: 'STARTERS' })).toMatchObject({
    discount: { code: 'STARTERS' },
    waiting_change: { plan_id: 'starter' },
  });
});
