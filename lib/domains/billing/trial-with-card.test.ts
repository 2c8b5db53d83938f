import { beforeEach, describe, expect, it, vi } from 'vitest';
import { can } from '@/lib/domains/entitlements';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { pay, useBillingWorld } from '@/lib/testing/billing-world';
import { type TimedTenant, tenantInOwnTime } from '@/lib/testing/own-time';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createSubscription,
  getOverview,
  listInvoices,
  listSubscriptions,
  refreshCheckout,
  renewCardPage,
} from '.';
import { createSubscriptionInput } from './schemas';

// A score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const FAILS_WHEN_CHARGED = '4000 0000 0000 0341';
/** A trial's fortnight, and the hour in which the first invoice is a draft. */
const CHARGED = 14.1;
let tenant: TimedTenant;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  tenant = await tenantInOwnTime(world);
  ctx = tenant.ctx;
});

/** A fortnight's trial of Professional, whose card is entered at once. */
async function trial(card?: string): Promise<void> {
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 14 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  id = made.id;
  expect(await pay(made.checkout_url, card)).toBe(303);
  expect(await refreshCheckout(ctx)).toMatchObject({ status: 'trialing', checkout_url: null });
}

const subscription = async () => (await listSubscriptions(ctx, { limit: 1 })).data[0];
const charged = async () =>
  (await listInvoices(ctx, { limit: 10 })).data
    .filter(({ total }) => total.amount > 0)
    .map(({ status, total }) => [status, total.amount]);
const notices = async () =>
  (
    await world.admin.query('SELECT notice FROM dunning_notice WHERE tenant_id = $1 ORDER BY at', [
      ctx.tenantId,
    ])
  ).rows.map(({ notice }) => notice);

describe('a trial with a card', () => {
  it('costs nothing until it ends, and is charged then', async () => {
    await trial();
    await tenant.travel(13);
    expect(await subscription()).toMatchObject({ status: 'trialing' });
    expect(await charged()).toEqual([]);
    await tenant.travel(CHARGED);
    expect(await subscription()).toMatchObject({ status: 'active', dunning: null });
    expect(await charged()).toEqual([['paid', 19_900]]);
    expect(await notices()).toEqual([]);
  });

  it('declined at its end is overdue, and another card pays it at once', async () => {
    await trial(FAILS_WHEN_CHARGED);
    await tenant.travel(CHARGED);
    expect(await subscription()).toMatchObject({
      status: 'past_due',
      dunning: { stage: 'retrying' },
    });
    expect(await charged()).toEqual([['open', 19_900]]);
    expect(await notices()).toEqual(['payment_failed']);
    expect(await can(ctx, 'api_write')).toBe(true);
    expect(await getOverview(ctx)).toMatchObject({ card_replaceable: true, wants_card: false });

    // A page lives in real time, and this tenant's runs ahead of it.
    const page = await renewCardPage({ ...ctx, clock: systemClock }, id);
    expect(await pay(page.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active', dunning: null });
    expect(await charged()).toEqual([['paid', 19_900]]);
    expect((await getOverview(ctx)).card?.last4).toBe('4242');
  });

  it('declined to the last try can only be read, and comes back with one payment', async () => {
    await trial(FAILS_WHEN_CHARGED);
    await tenant.travel(CHARGED);
    await tenant.travel(CHARGED + 16);
    expect(await subscription()).toMatchObject({
      status: 'unpaid',
      dunning: { stage: 'read_only' },
    });
    expect(await can(ctx, 'api_write')).toBe(false);
    const page = await renewCardPage({ ...ctx, clock: systemClock }, id);
    expect(await pay(page.checkout_url)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active', dunning: null });
    expect(await can(ctx, 'api_write')).toBe(true);
  });
});
