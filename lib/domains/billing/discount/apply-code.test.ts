import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  passDays,
  subscribe,
  subscriptionAtStripe,
  useBillingWorld,
  valueEvents,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  changeSubscription,
  convergeBilling,
  findDrift,
  getOverview,
  getSubscription,
  healDrift,
  listInvoices,
  previewChange,
  previewDiscountCode,
  removeDiscount,
} from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const MONTH = 19_900;
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeAll(async () => {
  const { coupons, promotionCodes } = stripe();
  await coupons.create({ id: 'TWENTY', percent_off: 20, duration: 'forever', name: 'Spring' });
  await coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
  await coupons.create({
    id: 'TWO',
    percent_off: 10,
    duration: 'repeating',
    duration_in_months: 2,
  });
  await coupons.create({ id: 'TEN', amount_off: 1_000, currency: 'usd', duration: 'forever' });
  await coupons.create({ id: 'EURO', amount_off: 1_000, currency: 'eur', duration: 'once' });
  await coupons.create({ id: 'FIRST', percent_off: 5, duration: 'once', max_redemptions: 1 });
  await coupons.create({
    id: 'STARTERS',
    percent_off: 5,
    duration: 'once',
    applies_to: { products: ['nz_starter'] },
  });
  await promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'TWENTY' },
    code: 'SPRING26',
  });
  await promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'TWENTY' },
    code: 'WINTER',
    active: false,
  });
  const soon = Math.floor(Date.now() / 1000) + 86_400;
  await coupons.create({ id: 'SOON', percent_off: 5, duration: 'once', redeem_by: soon });
});

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const later = (days: number) => passDays(world, ctx, days);
const atStripe = () => subscriptionAtStripe(world, ctx);
const totals = async () =>
  (await listInvoices(ctx, { limit: 10 })).data.map(({ total }) => total.amount);
const events = () => valueEvents(world, ctx);

describe('a code on a running subscription', () => {
  it('is counted by the next invoice, as the preview said', async () => {
    const preview = await previewDiscountCode(ctx, id, { code: 'spring26' });
    expect(preview.next_invoice?.total.amount).toBe(MONTH * 0.8);
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    const given = await applyDiscountCode(ctx, id, { code: 'SPRING26' });
    expect(given).toMatchObject({
      being_changed: false,
      discount: {
        code: 'SPRING26',
        name: 'Spring',
        percent_off: 20,
        amount_off: null,
        duration: 'forever',
        ends_at: null,
      },
    });
    expect((await getOverview(ctx)).next_payment).toMatchObject(preview.next_invoice ?? {});
    expect(await findDrift(ctx, id)).toEqual([]);
    await later(32);
    expect(await totals()).toEqual([MONTH * 0.8, MONTH]);
    expect(await auditActions(world, ctx)).toContain('subscription.discount_applied');
  });

  it('is part of what a change costs', async () => {
    await applyDiscountCode(ctx, id, { code: 'TWENTY' });
    const bigger = { plan_id: 'enterprise' } as const;
    const preview = await previewChange(ctx, id, bigger);
    expect(preview.next_invoice?.total.amount).toBe(99_900 * 0.8);
    await changeSubscription(ctx, id, bigger);
    expect(await getSubscription(ctx, id)).toMatchObject({ discount: { code: 'TWENTY' } });
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('used up by one invoice isn’t given again by a later wish', async () => {
    await applyDiscountCode(ctx, id, { code: 'ONCE' });
    await later(32);
    expect(await totals()).toEqual([MONTH / 2, MONTH]);
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    expect(await findDrift(ctx, id)).toEqual([]);
    await changeSubscription(ctx, id, { plan_id: 'starter', when: 'period_end' });
    expect((await atStripe()).discounts).toEqual([]);
    await later(32);
    expect((await totals())[0]).toBe(4_900);
  });

  it('for some months ends by itself', async () => {
    await later(5);
    const { discount } = await applyDiscountCode(ctx, id, { code: 'TWO' });
    expect(discount).toMatchObject({ duration: 'repeating', months: 2 });
    expect(discount?.ends_at).toMatch(/^20/);
    await later(32);
    await later(31);
    await later(31);
    expect(await totals()).toEqual([MONTH, MONTH * 0.9, MONTH * 0.9, MONTH]);
    expect((await getSubscription(ctx, id)).discount).toBeNull();
    expect(await findDrift(ctx, id)).toEqual([]);
    expect((await events()).slice(-2)).toEqual([
      { cause: 'discount begins', before: MONTH, after: MONTH * 0.9 },
      { cause: 'discount ends', before: MONTH * 0.9, after: MONTH },
    ]);
  });

  it('takes the place of the one before, and can be taken away', async () => {
    await applyDiscountCode(ctx, id, { code: 'TWENTY' });
    await expect(applyDiscountCode(ctx, id, { code: 'TWENTY' })).rejects.toMatchObject({
      code: 'discount_running',
    });
    const { discount } = await applyDiscountCode(ctx, id, { code: 'TEN' });
    expect(discount).toMatchObject({
      percent_off: null,
      amount_off: { amount: 1_000, currency: 'usd' },
    });
    expect((await atStripe()).discounts).toHaveLength(1);
    expect(await removeDiscount(ctx, id)).toMatchObject({ discount: null });
    expect((await atStripe()).discounts).toEqual([]);
    await expect(removeDiscount(ctx, id)).rejects.toMatchObject({ code: 'no_discount' });
    expect(await events()).toEqual([
      expect.objectContaining({ cause: 'begun', after: 0 }),
      expect.objectContaining({ after: MONTH }),
      { cause: 'discount begins', before: MONTH, after: MONTH * 0.8 },
      { cause: 'discount changes', before: MONTH * 0.8, after: MONTH - 1_000 },
      { cause: 'discount ends', before: MONTH - 1_000, after: MONTH },
    ]);
  });

  it('goes on under a change that waits', async () => {
    await changeSubscription(ctx, id, { plan_id: 'starter', when: 'period_end' });
    const preview = await previewDiscountCode(ctx, id, { code: 'TWENTY' });
    expect(preview.next_invoice?.total.amount).toBe(4_900 * 0.8);
    expect(await applyDiscountCode(ctx, id, { code: 'TWENTY' })).toMatchObject({
      waiting_change: { plan_id: 'starter' },
    });
    await later(32);
    expect((await totals())[0]).toBe(4_900 * 0.8);
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('from the start is wished from the start', async () => {
    tenant = await createTenant(world, { ageDays: 40 });
    ctx = tenant.ctx;
    id = (await subscribe(ctx, { coupon: 'TWENTY' })).id;
    expect(await getSubscription(ctx, id)).toMatchObject({ discount: { code: 'TWENTY' } });
    expect(await findDrift(ctx, id)).toEqual([]);
    expect((await events()).at(-1)).toMatchObject({ before: 0, after: MONTH * 0.8 });
  });
});

describe('a code that isn’t good', () => {
  /** Why it is refused, when it is applied and when it is looked at. */
  const refusals = (code: string) =>
    Promise.all(
      [applyDiscountCode, previewDiscountCode].map((attempt) =>
        attempt(ctx, id, { code }).then(
          () => 'taken',
          (error: { errors: { path: string; code: string }[] }) =>
            error.errors.map((fault) => `${fault.path} ${fault.code}`).join(),
        ),
      ),
    );
  const twice = (why: string) => [`code ${why}`, `code ${why}`];

  it.each([
    ['NOSUCH', 'coupon_invalid'],
    ['WINTER', 'coupon_invalid'],
    ['EURO', 'coupon_wrong_currency'],
    ['STARTERS', 'coupon_not_for_plan'],
  ])('%s: %s', async (code, why) => {
    expect(await refusals(code)).toEqual(twice(why));
    expect((await atStripe()).discounts).toEqual([]);
  });

  it('is refused when it has expired, and when others have used it up', async () => {
    const now = () => new Date(Date.now() + 2 * 86_400_000);
    ctx = { ...ctx, clock: { now } };
    expect(await refusals('SOON')).toEqual(twice('coupon_expired'));
    await applyDiscountCode(ctx, id, { code: 'FIRST' });
    tenant = await createTenant(world, { ageDays: 40 });
    ctx = tenant.ctx;
    id = (await subscribe(ctx)).id;
    expect(await refusals('FIRST')).toEqual(twice('coupon_used_up'));
  });

  it('can be guessed twenty times in a quarter of an hour, and one that is good isn’t a guess', async () => {
    const attempt = (code: string) =>
      previewDiscountCode(ctx, id, { code }).then(
        () => 'taken',
        (error: { kind: string }) => error.kind,
      );
    expect(await attempt('TWENTY')).toBe('taken');
    for (let guess = 0; guess < 20; guess++) expect(await attempt(`G${guess}`)).toBe('invalid');
    expect(await attempt('TWENTY')).toBe('rate_limited');
    const other = await createTenant(world, { ageDays: 40 });
    const { id: theirs } = await subscribe(other.ctx);
    await previewDiscountCode(other.ctx, theirs, { code: 'TWENTY' });
    const later = new Date(Date.now() + 16 * 60_000);
    ctx = { ...ctx, clock: { ...ctx.clock, now: () => later } };
    expect(await attempt('TWENTY')).toBe('taken');
  });

  it('of another customer is unknown', async () => {
    const { customer } = await atStripe();
    await stripe().promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'TWENTY' },
      code: `FOR${tenant.slug}`,
      customer: customer as string,
    });
    const stranger = await createTenant(world, { ageDays: 40 });
    const theirs = (await subscribe(stranger.ctx)).id;
    const code = `FOR${tenant.slug}`;
    await expect(applyDiscountCode(stranger.ctx, theirs, { code })).rejects.toMatchObject({
      errors: [{ code: 'coupon_invalid' }],
    });
    expect(await applyDiscountCode(ctx, id, { code })).toMatchObject({ discount: { code } });
  });

  it('is nothing for whom it isn’t allowed, nor for strangers', async () => {
    const code = 'TWENTY';
    await expect(applyDiscountCode(tenant.as('trader'), id, { code })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(removeDiscount(tenant.as('viewer'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(applyDiscountCode(stranger.ctx, id, { code })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('a discount changed at the provider by hand', () => {
  it('is drift: ours can be pushed, or theirs taken', async () => {
    await applyDiscountCode(ctx, id, { code: 'TWENTY' });
    const byHand = async () => {
      await stripe().subscriptions.update((await atStripe()).id, { discounts: '' });
      await convergeBilling(ctx);
    };
    await byHand();
    expect(await findDrift(ctx, id)).toMatchObject([
      { field: 'discount', wished: { code: 'TWENTY' }, provider: null },
    ]);
    expect(await healDrift(ctx, id, 'push_ours')).toMatchObject({ discount: { code: 'TWENTY' } });
    expect(await findDrift(ctx, id)).toEqual([]);
    await byHand();
    expect(await healDrift(ctx, id, 'take_theirs')).toMatchObject({ discount: null });
    expect(await findDrift(ctx, id)).toEqual([]);
  });
});
