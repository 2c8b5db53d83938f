import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  useBillingWorld,
  subscribe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  findDrift,
  getSubscription,
  healDrift,
  resumeSubscription,
  setAddOns,
  withdrawChange,
} from '.';
import { pushInBackground } from './push-wish';
import { type SubscriptionDto } from './schemas';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
/** As often as the client tries one call. */
const TRIES = 3;
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeAll(async () => {
  await stripe().coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
});

async function paid(): Promise<void> {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
}

const row = async () =>
  (
    await world.admin.query(
      `SELECT id, provider_id, wish_revision, pushed_revision FROM subscription WHERE tenant_id = $1`,
      [ctx.tenantId],
    )
  ).rows[0];
const atStripe = async () => stripe().subscriptions.retrieve((await row()).provider_id);

/** What there is at the provider, as far as a second effect would show. */
async function effects() {
  const live = await atStripe();
  const customer = live.customer as string;
  const invoices = await stripe().invoices.list({ customer, limit: 100 });
  const schedules = await stripe().subscriptionSchedules.list({ customer, limit: 100 });
  const active = schedules.data.filter(({ status }) => status === 'active');
  return {
    status: live.status,
    items: live.items.data.map(({ price, quantity }) => [price.lookup_key, quantity]),
    ends: live.cancel_at_period_end,
    discounts: live.discounts.length,
    invoices: invoices.data.length,
    next: active.map(({ phases }) => phases.map((phase) => phase.items.length)),
  };
}

const members = (quantity: number) => ({ add_ons: [{ key: 'extra_members', quantity }] });
const toStarter = { plan_id: 'starter', when: 'period_end' } as const;
const scenarios: [string, () => Promise<unknown>, () => Promise<SubscriptionDto>][] = [
  ['a change now', async () => {}, () => changeSubscription(ctx, id, { plan_id: 'enterprise' })],
  ['a change at the end', async () => {}, () => changeSubscription(ctx, id, toStarter)],
  [
    'a change now in place of one that waits',
    () => changeSubscription(ctx, id, toStarter),
    () => changeSubscription(ctx, id, { plan_id: 'enterprise' }),
  ],
  [
    'a cancellation over a change that waits',
    () => changeSubscription(ctx, id, toStarter),
    () => cancelSubscription(ctx, id, { when: 'period_end' }),
  ],
  [
    'a cancellation taken back under a change that waits',
    async () => {
      await changeSubscription(ctx, id, toStarter);
      await cancelSubscription(ctx, id, { when: 'period_end' });
    },
    () => resumeSubscription(ctx, id),
  ],
  ['a discount', async () => {}, () => applyDiscountCode(ctx, id, { code: 'ONCE' })],
  [
    'a discount under a change that waits',
    () => changeSubscription(ctx, id, toStarter),
    () => applyDiscountCode(ctx, id, { code: 'ONCE' }),
  ],
  [
    'a change that uses a discount up',
    () => applyDiscountCode(ctx, id, { code: 'ONCE' }),
    () => changeSubscription(ctx, id, { plan_id: 'enterprise' }),
  ],
  ['an add-on', async () => {}, () => setAddOns(ctx, id, members(2))],
  [
    'an add-on under a change that waits',
    () => changeSubscription(ctx, id, toStarter),
    () => setAddOns(ctx, id, members(2)),
  ],
  ['less of an add-on', () => setAddOns(ctx, id, members(2)), () => setAddOns(ctx, id, members(1))],
  ['an end at once', async () => {}, () => cancelSubscription(ctx, id, { when: 'now' })],
];

describe('a push that dies after any step', () => {
  it.each(scenarios)('%s: goes on, without a second effect', async (_, prepare, ask) => {
    await paid();
    await prepare();
    await ask();
    const expected = await effects();
    for (const when of ['before', 'after'] as const) {
      for (let skip = 0; ; skip += 1) {
        await paid();
        await prepare();
        const trouble = world.trouble({ path: '/v1/', when, times: TRIES, writes: true, skip });
        const answer = await ask();
        const struck = trouble.times === 0;
        trouble.times = 0;
        expect(answer.being_changed).toBe(struck);
        // What the job does a minute later, more than once.
        await pushInBackground(ctx, (await row()).id);
        await pushInBackground(ctx, (await row()).id);
        expect(await effects()).toEqual(expected);
        expect((await getSubscription(ctx, id)).being_changed).toBe(false);
        expect(await findDrift(ctx, id)).toEqual([]);
        if (struck) continue;
        expect(skip).toBeGreaterThan(0);
        break;
      }
    }
  });
});

describe('two at once', () => {
  beforeEach(paid);

  it('the second is told that it changed, and one change is made', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () => changeSubscription(ctx, id, { plan_id: 'enterprise' })),
    );
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(asked.length - refused.length).toBe(1);
    for (const { reason } of refused) {
      expect(reason.code).toMatch(/^(subscription_chang(ed|ing)|no_change)$/);
    }
    const actions = await auditActions(world, ctx);
    expect(actions.filter((each) => each === 'subscription.change_requested')).toHaveLength(1);
    expect(await effects()).toMatchObject({ invoices: 2 });
  });

  it('a second wish waits until the first is made true', async () => {
    const trouble = world.trouble({ path: '/v1/subscriptions', when: 'before', times: 99 });
    const first = await cancelSubscription(ctx, id, { when: 'period_end', reason: 'first' });
    expect(first).toMatchObject({ being_changed: true, cancel_at: null });
    await expect(changeSubscription(ctx, id, toStarter)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'subscription_changing',
    });
    trouble.times = 0;
    await pushInBackground(ctx, (await row()).id);
    expect(await changeSubscription(ctx, id, toStarter)).toMatchObject({
      cancel_at: first.current_period_end,
      waiting_change: { plan_id: 'starter' },
    });
  });
});

describe('what the provider refuses for good', () => {
  beforeEach(paid);

  it('is set back, and what was undone for it is done again', async () => {
    await changeSubscription(ctx, id, toStarter);
    const live = await atStripe();
    const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: live.customer as string,
    });
    await stripe().subscriptions.update(live.id, { default_payment_method: bad.id });
    const before = await effects();
    await expect(changeSubscription(ctx, id, { plan_id: 'enterprise' })).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'payment_failed',
    });
    expect(await getSubscription(ctx, id)).toMatchObject({
      plan_id: 'professional',
      being_changed: false,
      waiting_change: { plan_id: 'starter' },
    });
    expect({ ...(await effects()), invoices: 0 }).toEqual({ ...before, invoices: 0 });
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await auditActions(world, ctx)).toContain('subscription.change_refused');
    await stripe().paymentMethods.attach('pm_card_visa', { customer: live.customer as string });
    expect(await withdrawChange(ctx, id)).toMatchObject({ waiting_change: null });
  });
});

describe('an answer of 500 and more', () => {
  beforeEach(paid);
  const problem = JSON.stringify({ error: { type: 'api_error', message: 'as it is said' } });
  const answered = (status: number, body = problem) =>
    world.trouble({
      path: '/v1/subscriptions',
      when: 'before',
      times: TRIES,
      writes: true,
      answer: { status, body },
    });

  it('that says "never" sets the wish back', async () => {
    const trouble = answered(501);
    await expect(changeSubscription(ctx, id, { plan_id: 'enterprise' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'provider_refused',
    });
    trouble.times = 0;
    expect(await getSubscription(ctx, id)).toMatchObject({
      plan_id: 'professional',
      being_changed: false,
    });
    expect(await auditActions(world, ctx)).toContain('subscription.change_refused');
    expect(await changeSubscription(ctx, id, { plan_id: 'enterprise' })).toMatchObject({
      plan_id: 'enterprise',
    });
  });

  it.each([
    [500, problem],
    [503, problem],
    [502, '<html>Bad gateway</html>'],
  ])('that says "not now", %i, leaves it to the job', async (status, body) => {
    answered(status, body);
    const asked = await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    expect(asked).toMatchObject({ being_changed: true });
    await pushInBackground(ctx, (await row()).id);
    expect(await getSubscription(ctx, id)).toMatchObject({
      plan_id: 'enterprise',
      being_changed: false,
    });
  });
});

describe('drift', () => {
  beforeEach(paid);

  const cancelThere = async () => {
    await stripe().subscriptions.update((await row()).provider_id, { cancel_at_period_end: true });
    await convergeBilling(ctx);
  };

  it('is what was changed there by hand; ours can be pushed', async () => {
    await cancelThere();
    expect(await findDrift(ctx, id)).toEqual([
      { field: 'end', wished: 'none', provider: 'period_end' },
    ]);
    expect(await healDrift(ctx, id, 'push_ours')).toMatchObject({ cancel_at: null });
    expect(await findDrift(ctx, id)).toEqual([]);
    await expect(healDrift(ctx, id, 'push_ours')).rejects.toMatchObject({ code: 'no_drift' });
  });

  it('or theirs be taken', async () => {
    await cancelThere();
    const taken = await healDrift(ctx, id, 'take_theirs');
    expect(taken.cancel_at).toBe(taken.current_period_end);
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await resumeSubscription(ctx, id)).toMatchObject({ cancel_at: null });
    await expect(healDrift(tenant.as('viewer'), id, 'take_theirs')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('of a status that can’t follow is left until somebody takes it', async () => {
    const { provider_id } = await row();
    const until = Math.floor(Date.now() / 1000) + 20 * 86_400;
    await stripe().subscriptions.update(provider_id, { trial_end: until });
    await convergeBilling(ctx);
    expect(await getSubscription(ctx, id)).toMatchObject({ status: 'active' });
    expect(await findDrift(ctx, id)).toEqual([
      { field: 'status', wished: 'active', provider: 'trialing' },
    ]);
    expect(await healDrift(ctx, id, 'take_theirs')).toMatchObject({ status: 'trialing' });
    expect(await findDrift(ctx, id)).toEqual([]);
    const { rows } = await world.admin.query(
      `SELECT t.status, e.source, (SELECT array_agg(v.status_before || ' ' || v.status ORDER BY v.id)
         FROM subscription_event v WHERE v.tenant_id = t.id AND v.status_before = 'active') AS moves
       FROM tenant t JOIN entitlement e ON e.tenant_id = t.id WHERE t.id = $1`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ status: 'trial', source: 'subscription', moves: ['active trialing'] }]);
  });
});
