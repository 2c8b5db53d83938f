import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ctx } from '@/lib/kernel/ctx';
import { chargeTo, createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import { useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { GOOD_CARD, post } from '@/sandbox/testing';
import {
  convergeBilling,
  createSubscription,
  getSubscription,
  listInvoices,
  refreshCheckout,
} from '..';
import { createSubscriptionInput } from '../schemas';

vi.setConfig({ testTimeout: 90_000 });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);
let ctx: Ctx;
let id: string;
/** When the renewal falls due that can't be charged. */
let renewal: Date;

/** A subscription whose card will be refused from its second month on. */
beforeEach(async () => {
  const tenant = await createTenant(world, { ageDays: 40 });
  ctx = { ...tenant.ctx, clock: time.clock };
  const made = await createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      trial_days: 0,
    }),
  );
  await pay(made.checkout_url);
  await refreshCheckout(ctx);
  id = made.id;
  const { current_period_end } = await getSubscription(ctx, id);
  renewal = new Date(current_period_end ?? '');
  await chargeTo(world, ctx, 'pm_card_chargeCustomerFail');
});

const later = (ms: number) => time.moveTo(new Date(renewal.getTime() + ms));
const dunning = async () => {
  await convergeBilling(ctx);
  return (await getSubscription(ctx, id)).dunning;
};
const newest = async () => (await listInvoices(ctx, { limit: 1 })).data[0];
const overdueEvent = async () =>
  (
    await world.admin.query<{ happened: Date; heard: Date }>(
      `SELECT happened_at AS happened, at AS heard FROM subscription_event
       WHERE tenant_id = $1 AND status = 'past_due' ORDER BY id DESC LIMIT 1`,
      [ctx.tenantId],
    )
  ).rows[0];

describe('since when a payment is overdue', () => {
  it('is when its invoice was charged first, however late that is heard', async () => {
    await later(9 * DAY);
    const late = await dunning();
    const failed = (await newest())?.issued_at;
    expect(late).toMatchObject({ stage: 'retrying', since: failed });
    // An hour after the period ended it was final, and charged.
    expect(Date.parse(failed ?? '') - renewal.getTime()).toBe(HOUR);
    expect((await overdueEvent())?.happened.toISOString()).toBe(failed);
    expect((await overdueEvent())?.heard.getTime()).toBeGreaterThan(renewal.getTime() + 8 * DAY);
    // Heard of on day 9, the notice of day 7 is due, and reading only on day 14 of the failure.
    const { rows } = await world.admin.query(
      'SELECT notice FROM dunning_notice WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ notice: 'last_call' }]);
    await later(14 * DAY + 2 * HOUR);
    expect(await dunning()).toMatchObject({ stage: 'read_only', since: failed });
  });

  it('stays through later attempts, to the last one, and however often it is told', async () => {
    await later(2 * HOUR);
    const since = (await dunning())?.since;
    expect(since).toBeDefined();
    for (const days of [3.1, 8.1, 15.2, 20]) {
      await later(days * DAY);
      expect((await dunning())?.since).toBe(since);
      expect((await dunning())?.since).toBe(since);
    }
    expect(await getSubscription(ctx, id)).toMatchObject({ status: 'unpaid' });
  });

  it('is of the failure that is open, when one before it was paid unheard', async () => {
    await later(2 * HOUR);
    const first = (await dunning())?.since ?? '';
    const page = (await newest())?.hosted_url ?? '';
    expect((await post(page, GOOD_CARD)).status).toBe(303);
    // The card that paid is kept: the next month fails by another.
    await chargeTo(world, ctx, 'pm_card_chargeCustomerFail');
    await later(32 * DAY);
    const again = await dunning();
    expect(again).toMatchObject({ stage: 'retrying', since: (await newest())?.issued_at });
    expect(Date.parse(again?.since ?? '') - Date.parse(first)).toBeGreaterThan(27 * DAY);
  });
});
