import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  createTenant,
  type NewTenant,
  passDays,
  pay,
  useBillingWorld,
  subscribe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  cancelSubscription,
  changeSubscription,
  getOverview,
  listInvoices,
  reactivateSubscription,
  refreshCheckout,
  resumeSubscription,
} from '.';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const customer = async () =>
  (
    await world.admin.query('SELECT customer_id FROM billing_customer WHERE tenant_id = $1', [
      ctx.tenantId,
    ])
  ).rows[0].customer_id as string;
const history = async () =>
  (
    await world.admin.query(
      `SELECT status_before AS before, status, cause, monthly_before::int AS was, monthly_after::int AS is
       FROM subscription_event WHERE tenant_id = $1 ORDER BY id`,
      [ctx.tenantId],
    )
  ).rows;
const end = () => cancelSubscription(ctx, id, { when: 'now', reason: 'too dear' });
const cards = async () =>
  (await stripe().customers.listPaymentMethods(await customer(), { type: 'card' })).data;

describe('coming back after the end', () => {
  it('is a new subscription, paid by the card on file', async () => {
    await end();
    expect(await getOverview(ctx)).toMatchObject({
      ended: { id, plan_id: 'professional' },
      ended_at: expect.any(String),
    });
    const back = await reactivateSubscription(ctx, id);
    expect(back).toMatchObject({
      status: 'active',
      plan_id: 'professional',
      billing_cycle: 'monthly',
      checkout_url: null,
    });
    expect(back.id).not.toBe(id);
    expect(await getOverview(ctx)).toMatchObject({ ended: null, ended_at: null });
    expect(await history()).toEqual([
      { before: null, status: 'incomplete', cause: 'begun', was: 0, is: 0 },
      { before: 'incomplete', status: 'active', cause: 'checkout paid', was: 0, is: 19_900 },
      { before: 'active', status: 'cancelled', cause: 'cancelled', was: 19_900, is: 0 },
      { before: null, status: 'incomplete', cause: 'begun', was: 0, is: 0 },
      { before: 'incomplete', status: 'active', cause: 'checkout paid', was: 0, is: 19_900 },
    ]);
  });

  it('without a card leads to the page that takes one', async () => {
    await end();
    for (const { id: card } of await cards()) await stripe().paymentMethods.detach(card);
    const back = await reactivateSubscription(ctx, id);
    expect(back.status).toBe('incomplete');
    expect(await pay(back.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ id: back.id, status: 'active' });
  });

  it('with a card that is refused leaves nothing behind', async () => {
    await end();
    for (const { id: card } of await cards()) await stripe().paymentMethods.detach(card);
    await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: await customer(),
    });
    await expect(reactivateSubscription(ctx, id)).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'payment_failed',
    });
    expect((await getOverview(ctx)).subscription).toBeNull();
  });

  it('is refused before the end, to whom it isn’t allowed, and to strangers', async () => {
    await expect(reactivateSubscription(ctx, id)).rejects.toMatchObject({ code: 'not_ended' });
    await end();
    await expect(reactivateSubscription(tenant.as('viewer'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(reactivateSubscription(stranger.ctx, id)).rejects.toMatchObject({
      kind: 'not_found',
    });
    await reactivateSubscription(ctx, id);
    await expect(reactivateSubscription(ctx, id)).rejects.toMatchObject({
      code: 'subscription_exists',
    });
  });
});

describe('a discount', () => {
  const newest = async () => (await listInvoices(ctx, { limit: 1 })).data[0]?.total.amount;
  let code: string;

  beforeEach(async () => {
    code = `FOREVER${tenant.slug.slice(2)}`;
    const coupon = await stripe().coupons.create({ percent_off: 20, duration: 'forever' });
    await stripe().promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code,
    });
  });

  it('stays when a cancellation is withdrawn before the end', async () => {
    await applyDiscountCode(ctx, id, { code });
    await cancelSubscription(ctx, id, { when: 'period_end' });
    expect(await resumeSubscription(ctx, id)).toMatchObject({ discount: { code } });
    await passDays(world, ctx, 32);
    expect(await newest()).toBe(19_900 * 0.8);
  });

  it('that was good for ever comes along, whenever it ended', async () => {
    await applyDiscountCode(ctx, id, { code });
    await cancelSubscription(ctx, id, { when: 'period_end' });
    await passDays(world, ctx, 32);
    const kept = { code, percent_off: 20, duration: 'forever' };
    expect(await getOverview(ctx)).toMatchObject({ ended: { id }, kept_discount: kept });
    const back = await reactivateSubscription(ctx, id);
    expect(back).toMatchObject({ status: 'active', discount: kept });
    expect(await newest()).toBe(19_900 * 0.8);
    // The same code for the same organisation: it is given again, and not redeemed again.
    await cancelSubscription(ctx, back.id, { when: 'now' });
    for (const { id: card } of await cards()) await stripe().paymentMethods.detach(card);
    const page = await reactivateSubscription(ctx, back.id);
    expect(await pay(page.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active', discount: { code } });
    expect(await newest()).toBe(19_900 * 0.8);
  });

  it('that isn’t given any more doesn’t', async () => {
    await applyDiscountCode(ctx, id, { code });
    await end();
    const { data } = await stripe().promotionCodes.list({ code });
    await stripe().promotionCodes.update(data[0]?.id ?? '', { active: false });
    expect(await getOverview(ctx)).toMatchObject({ ended: { id }, kept_discount: null });
    expect(await reactivateSubscription(ctx, id)).toMatchObject({ discount: null });
    expect(await newest()).toBe(19_900);
  });

  it.each(['once', 'repeating'] as const)('for a while (%s) ended with it', async (duration) => {
    const coupon = await stripe().coupons.create({
      percent_off: 20,
      duration,
      ...(duration === 'repeating' ? { duration_in_months: 6 } : {}),
    });
    await applyDiscountCode(ctx, id, { code: coupon.id });
    await end();
    expect((await getOverview(ctx)).kept_discount).toBeNull();
    expect(await reactivateSubscription(ctx, id)).toMatchObject({ discount: null });
    expect(await newest()).toBe(19_900);
  });
});

describe('the history', () => {
  it('tells of other terms what a month of them is worth, and who asked', async () => {
    await changeSubscription(ctx, id, { plan_id: 'enterprise', billing_cycle: 'annual' });
    expect((await history()).at(-1)).toEqual({
      before: 'active',
      status: 'active',
      cause: 'terms changed',
      was: 19_900,
      is: 83_250,
    });
    const { rows } = await world.admin.query(
      `SELECT plan_id_before, cycle_before, plan_id, billing_cycle, actor->>'id' AS by
       FROM subscription_event WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([
      {
        plan_id_before: 'professional',
        cycle_before: 'monthly',
        plan_id: 'enterprise',
        billing_cycle: 'annual',
        by: tenant.userId,
      },
    ]);
  });

  it('can be added to, and never changed', async () => {
    const change = async (text: string) => {
      await world.admin.query('SET ROLE nz_system');
      try {
        await world.admin.query(text);
      } finally {
        await world.admin.query('RESET ROLE');
      }
    };
    await expect(change(`UPDATE subscription_event SET monthly_after = 1`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(change(`DELETE FROM subscription_event`)).rejects.toThrow(/permission denied/);
    expect(await history()).toHaveLength(2);
  });
});
