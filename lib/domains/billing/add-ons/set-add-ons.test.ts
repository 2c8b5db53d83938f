import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements, takeLimit } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  providerTime,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
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
/** Days by which the provider's clock is ahead; it only goes forward. */
let ahead = 0;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const later = async (days: number) => {
  ahead += days;
  await providerTime(world, ahead);
  await convergeBilling(ctx);
};
/** So many members and strategy packs. */
const want = (members: number, packs = 0) => ({
  add_ons: [
    { key: 'extra_members', quantity: members },
    { key: 'extra_strategies', quantity: packs },
  ],
});
const atStripe = async () => {
  const { rows } = await world.admin.query(
    'SELECT provider_id FROM subscription WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  return stripe().subscriptions.retrieve(rows[0].provider_id);
};
const itemsThere = async () =>
  (await atStripe()).items.data.map(({ price, quantity }) => [price.lookup_key, quantity]);
const limits = async () => (await withTenant(ctx, (tx) => getEntitlements(tx, ctx))).limits;
const invoices = async () => (await listInvoices(ctx, { limit: 20 })).data;
const linesOf = async (index: number) =>
  (await invoices())[index]?.lines.map(({ kind, item, quantity, amount }) => ({
    kind,
    item,
    quantity,
    amount: amount.amount,
  }));
const events = async () =>
  (
    await world.admin.query(
      `SELECT cause, monthly_before::int AS before, monthly_after::int AS after
       FROM subscription_event WHERE tenant_id = $1 ORDER BY at, id`,
      [ctx.tenantId],
    )
  ).rows;

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
    expect(change?.total).toEqual(preview.due_now);
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
    const { rows } = await world.admin.query('SELECT * FROM billing_drift WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    expect(rows).toEqual([]);
  });
});
