import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements, takeLimit } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
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
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  findDrift,
  getOverview,
  getSubscription,
  healDrift,
  listInvoices,
  pauseSubscription,
  previewAddOns,
  previewChange,
  resumeSubscription,
  setAddOns,
  withdrawChange,
} from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const PLAN = 19_900;
const MEMBER = 1_500;
const STRATEGIES = 2_000;
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const later = (days: number) => passDays(world, ctx, days);
/** So many members and strategy packs. */
const want = (members: number, packs = 0) => ({
  add_ons: [
    { key: 'extra_members', quantity: members },
    { key: 'extra_strategies', quantity: packs },
  ],
});
const atStripe = () => subscriptionAtStripe(world, ctx);
const itemsThere = async () =>
  (await atStripe()).items.data.map(({ price, quantity }) => [price.lookup_key, quantity]);
const rowsOf = async (table: string) =>
  (await world.admin.query(`SELECT * FROM ${table} WHERE tenant_id = $1`, [ctx.tenantId])).rows;
const limits = async () => (await withTenant(ctx, (tx) => getEntitlements(tx, ctx))).limits;
const invoices = async () => (await listInvoices(ctx, { limit: 20 })).data;
const linesOf = async (index: number) =>
  (await invoices())[index]?.lines.map(({ kind, item, quantity, amount }) => ({
    kind,
    item,
    quantity,
    amount: amount.amount,
  }));
const events = () => valueEvents(world, ctx);

describe('more of an add-on', () => {
  it('is charged at once for what is left of the period, raises the limit and stands on the renewal', async () => {
    expect(await limits()).toMatchObject({ members: 5, strategies: 25 });
    const preview = await previewAddOns(ctx, id, want(3, 2));
    expect(await itemsThere()).toEqual([['professional_v1_monthly', 1]]);
    const made = await setAddOns(ctx, id, want(3, 2));
    expect(made).toMatchObject({
      being_changed: false,
      plan_id: 'professional',
      add_ons: [
        { key: 'extra_members', quantity: 3 },
        { key: 'extra_strategies', quantity: 2 },
      ],
      waiting_change: null,
    });
    expect(await itemsThere()).toEqual([
      ['professional_v1_monthly', 1],
      ['extra_members_v1_monthly', 3],
      ['extra_strategies_v1_monthly', 2],
    ]);
    expect(await limits()).toMatchObject({ members: 8, strategies: 45 });
    const [change] = await invoices();
    // A second may have passed between the two.
    const { amount } = preview.due_now;
    expect(Math.abs((change?.total.amount ?? 0) - amount)).toBeLessThanOrEqual(1);
    expect(amount).toBeGreaterThan(0);
    expect(change?.lines.map(({ kind, item }) => [kind, item])).toEqual([
      ['remaining_time', 'extra_members'],
      ['remaining_time', 'extra_strategies'],
    ]);
    expect((await events()).at(-1)).toEqual({
      cause: 'terms changed',
      before: PLAN,
      after: PLAN + 3 * MEMBER + 2 * STRATEGIES,
    });
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining(['subscription.add_ons_requested', 'entitlement.add_ons_changed']),
    );
    const whole = PLAN + 3 * MEMBER + 2 * STRATEGIES;
    expect(preview.next_invoice?.total.amount).toBe(whole);
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe(whole);
    await later(32);
    expect(await linesOf(0)).toEqual([
      { kind: 'period', item: 'professional', quantity: 1, amount: PLAN },
      { kind: 'period', item: 'extra_members', quantity: 3, amount: 3 * MEMBER },
      { kind: 'period', item: 'extra_strategies', quantity: 2, amount: 2 * STRATEGIES },
    ]);
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await rowsOf('billing_drift')).toEqual([]);
  });

  it('is prorated against what was paid for the units before', async () => {
    await setAddOns(ctx, id, want(1));
    await setAddOns(ctx, id, want(3));
    const [change] = await invoices();
    expect(change?.lines.map(({ kind, item, quantity }) => [kind, item, quantity])).toEqual([
      ['unused_time', 'extra_members', 1],
      ['remaining_time', 'extra_members', 3],
    ]);
    expect(await itemsThere()).toEqual([
      ['professional_v1_monthly', 1],
      ['extra_members_v1_monthly', 3],
    ]);
    expect(await rowsOf('billing_drift')).toEqual([]);
  });

  it('lets in what the limit refused, and the refusal names it', async () => {
    const full = () =>
      withTenant(ctx, (tx) => takeLimit(tx, ctx, 'strategies', { used: async () => 25 }));
    await expect(full()).rejects.toMatchObject({
      code: 'quota_exceeded',
      extra: { upgrade_to: 'enterprise', add_on: 'extra_strategies' },
    });
    await setAddOns(ctx, id, want(0, 1));
    expect((await full()).limits.strategies).toBe(35);
  });

  it('counts under the discount that runs', async () => {
    await stripe().coupons.create({
      id: `TENTH-${tenant.slug}`,
      percent_off: 10,
      duration: 'forever',
    });
    await applyDiscountCode(ctx, id, { code: `TENTH-${tenant.slug}` });
    await setAddOns(ctx, id, want(1));
    expect((await events()).at(-1)).toMatchObject({ after: (PLAN + MEMBER) * 0.9 });
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe((PLAN + MEMBER) * 0.9);
  });
});

describe('less of an add-on', () => {
  beforeEach(async () => {
    await setAddOns(ctx, id, want(3, 1));
  });

  it('goes when the period ends, and nothing is paid back', async () => {
    const preview = await previewAddOns(ctx, id, want(1));
    expect(preview).toMatchObject({ lines: [], due_now: { amount: 0 } });
    expect(preview.next_invoice?.total.amount).toBe(PLAN + MEMBER);
    const before = (await invoices()).length;
    const asked = await setAddOns(ctx, id, want(1));
    expect(asked).toMatchObject({
      add_ons: [
        { key: 'extra_members', quantity: 3 },
        { key: 'extra_strategies', quantity: 1 },
      ],
      waiting_change: {
        plan_id: 'professional',
        add_ons: [{ key: 'extra_members', quantity: 1 }],
        at: asked.current_period_end,
      },
    });
    expect(await limits()).toMatchObject({ members: 8, strategies: 35 });
    expect(await invoices()).toHaveLength(before);
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe(PLAN + MEMBER);
    await later(32);
    expect(await linesOf(0)).toEqual([
      { kind: 'period', item: 'professional', quantity: 1, amount: PLAN },
      { kind: 'period', item: 'extra_members', quantity: 1, amount: MEMBER },
    ]);
    expect(await getSubscription(ctx, id)).toMatchObject({
      add_ons: [{ key: 'extra_members', quantity: 1 }],
      waiting_change: null,
    });
    expect(await limits()).toMatchObject({ members: 6, strategies: 25 });
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('can be asked for with more of another, and be taken back', async () => {
    const made = await setAddOns(ctx, id, want(1, 2));
    expect(made).toMatchObject({
      add_ons: [
        { key: 'extra_members', quantity: 3 },
        { key: 'extra_strategies', quantity: 2 },
      ],
      waiting_change: {
        add_ons: [
          { key: 'extra_members', quantity: 1 },
          { key: 'extra_strategies', quantity: 2 },
        ],
      },
    });
    expect(await withdrawChange(ctx, id)).toMatchObject({ waiting_change: null });
    await setAddOns(ctx, id, want(2, 2));
    expect(await setAddOns(ctx, id, want(3, 2))).toMatchObject({ waiting_change: null });
    expect(await itemsThere()).toContainEqual(['extra_members_v1_monthly', 3]);
  });

  it('ends them all', async () => {
    await setAddOns(ctx, id, { add_ons: [] });
    await later(32);
    expect((await invoices())[0]?.total.amount).toBe(PLAN);
    expect((await getSubscription(ctx, id)).add_ons).toEqual([]);
    expect(await limits()).toMatchObject({ members: 5, strategies: 25 });
    // What was given stays written down, with its end.
    const given = await rowsOf('entitlement_grant');
    expect(given).toHaveLength(2);
    for (const { ends_at } of given) expect(ends_at).not.toBeNull();
  });
});

describe('a change of plan', () => {
  it('takes along what the new plan can have, and credits the rest', async () => {
    await setAddOns(ctx, id, want(2, 3));
    const preview = await previewChange(ctx, id, { plan_id: 'enterprise' });
    expect(preview.lines.map(({ kind, item }) => [kind, item])).toEqual([
      ['unused_time', 'professional'],
      ['unused_time', 'extra_strategies'],
      ['remaining_time', 'enterprise'],
    ]);
    const made = await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    expect(made.add_ons).toEqual([{ key: 'extra_members', quantity: 2 }]);
    expect(await limits()).toMatchObject({ members: 52, strategies: null });
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('to another cycle charges them by it', async () => {
    await setAddOns(ctx, id, want(2));
    await changeSubscription(ctx, id, { billing_cycle: 'annual' });
    expect(await itemsThere()).toEqual([
      ['professional_v1_annual', 1],
      ['extra_members_v1_annual', 2],
    ]);
    expect((await events()).at(-1)).toMatchObject({
      after: Math.round((199_000 + 2 * MEMBER * 10) / 12),
    });
    expect(await rowsOf('billing_drift')).toEqual([]);
  });

  it('that waits goes on waiting, with the add-ons that it can have', async () => {
    await changeSubscription(ctx, id, { plan_id: 'enterprise', when: 'period_end' });
    await expect(setAddOns(ctx, id, want(0, 1))).rejects.toMatchObject({
      errors: [{ path: 'add_ons.1.key', code: 'add_on_not_for_plan' }],
    });
    expect(await setAddOns(ctx, id, want(2))).toMatchObject({
      plan_id: 'professional',
      add_ons: [{ key: 'extra_members', quantity: 2 }],
      waiting_change: {
        plan_id: 'enterprise',
        add_ons: [{ key: 'extra_members', quantity: 2 }],
      },
    });
    await later(32);
    expect(await linesOf(0)).toMatchObject([
      { item: 'enterprise', amount: 99_900 },
      { item: 'extra_members', amount: 2 * MEMBER },
    ]);
    expect(await findDrift(ctx, id)).toEqual([]);
  });
});

describe('limits of add-ons', () => {
  it('are gone while it is paused and after its end, and come back', async () => {
    await setAddOns(ctx, id, want(2));
    await pauseSubscription(ctx, id);
    expect(await limits()).toMatchObject({ members: 5 });
    await resumeSubscription(ctx, id);
    expect(await limits()).toMatchObject({ members: 7 });
    await cancelSubscription(ctx, id, { when: 'now' });
    expect(await limits()).toMatchObject({ members: 5 });
  });
});

describe('what is refused', () => {
  it.each([
    ['extra_wings', 1, 'add_ons.0.key', 'add_on_unknown'],
    ['extra_members', 101, 'add_ons.0.quantity', 'add_on_too_many'],
    ['extra_members', 0, 'add_ons', 'no_change'],
  ])('%s × %d: %s %s', async (key, quantity, path, code) => {
    const input = { add_ons: [{ key, quantity }] };
    world.calls.splice(0);
    for (const attempt of [setAddOns, previewAddOns]) {
      await expect(attempt(ctx, id, input)).rejects.toMatchObject({ errors: [{ path, code }] });
    }
    expect(world.calls).toEqual([]);
  });

  it('is for nobody without the right, nor for strangers', async () => {
    await expect(setAddOns(tenant.as('trader'), id, want(1))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(setAddOns(stranger.ctx, id, want(1))).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('a card: nothing is changed, and the limit stays', async () => {
    const live = await atStripe();
    const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: live.customer as string,
    });
    await stripe().subscriptions.update(live.id, { default_payment_method: bad.id });
    await expect(setAddOns(ctx, id, want(1))).rejects.toMatchObject({ code: 'payment_failed' });
    expect(await getSubscription(ctx, id)).toMatchObject({ add_ons: [], being_changed: false });
    expect(await limits()).toMatchObject({ members: 5 });
    expect(await findDrift(ctx, id)).toEqual([]);
  });

  it('four tabs at once: the same wish, once', async () => {
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => setAddOns(ctx, id, want(1))));
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) {
      expect(reason.code).toMatch(/^(subscription_chang(ed|ing)|no_change)$/);
    }
    expect(await itemsThere()).toHaveLength(2);
    expect(await invoices()).toHaveLength(2);
  });
});

describe('an add-on changed at the provider by hand', () => {
  it('is drift: ours can be pushed, or theirs taken; the limit is what is charged', async () => {
    await setAddOns(ctx, id, want(2));
    const byHand = async (quantity: number) => {
      const live = await atStripe();
      const item = live.items.data[1]?.id ?? '';
      await stripe().subscriptions.update(live.id, { items: [{ id: item, quantity }] });
      await convergeBilling(ctx);
    };
    await byHand(4);
    expect(await findDrift(ctx, id)).toMatchObject([
      {
        field: 'terms',
        wished: { addOns: [{ quantity: 2 }] },
        provider: { addOns: [{ quantity: 4 }] },
      },
    ]);
    expect(await limits()).toMatchObject({ members: 9 });
    expect(await healDrift(ctx, id, 'push_ours')).toMatchObject({ add_ons: [{ quantity: 2 }] });
    await byHand(1);
    expect(await healDrift(ctx, id, 'take_theirs')).toMatchObject({ add_ons: [{ quantity: 1 }] });
    expect(await findDrift(ctx, id)).toEqual([]);
    expect(await limits()).toMatchObject({ members: 6 });
  });
});
