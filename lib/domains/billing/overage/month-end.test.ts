import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { countCalls, overageTenant, useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { ensurePrice } from '../gateways/stripe/catalogue';
import { convergeBilling, getSubscription, listInvoices } from '..';
import { withTenant } from '@/lib/infra/db';
import { findCurrentPlan } from '@/lib/domains/entitlements';
import { settleOverage } from './hand-over';

vi.setConfig({ testTimeout: 90_000 });
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;
const LIMIT = 100_000;
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);
let ctx: Ctx;
let subscription: string;
/** The first moment of the month after. */
let month: Date;

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** A month beyond the limit, in whose last seconds a larger plan is taken at the provider, which nobody tells us of. */
beforeEach(async () => {
  await time.moveTo(after(time.month(1), 9 * DAY));
  ({ ctx, subscription } = await overageTenant(world, time));
  await countCalls(world, ctx, LIMIT + 20_000, time.clock.now());
  month = time.month(1);
  await time.moveTo(after(month, -30 * SECOND));
  const plan = await withTenant(ctx, (tx) => findCurrentPlan(tx, 'enterprise', time.clock.now()));
  if (!plan) throw new Error('no plan');
  const price = await ensurePrice({ plan, cycle: 'monthly' });
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM subscription WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  const there = await stripe().subscriptions.retrieve(rows[0]?.provider_id ?? '');
  await stripe().subscriptions.update(there.id, {
    items: [{ id: there.items.data[0]?.id ?? '', price }],
    proration_behavior: 'always_invoice',
  });
  expect(time.clock.now() < month).toBe(true);
});

const charges = async () =>
  (
    await world.admin.query(
      `SELECT revision, included::int, units::int, amount::int FROM overage_charge
       WHERE tenant_id = $1 ORDER BY month, revision`,
      [ctx.tenantId],
    )
  ).rows;
const moments = async () =>
  (
    await world.admin.query<{ cause: string; happened: Date; heard: Date }>(
      `SELECT cause, happened_at AS happened, at AS heard FROM subscription_event
       WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1`,
      [ctx.tenantId],
    )
  ).rows[0];
const isQueued = async () =>
  (
    await world.admin.query('SELECT FROM graphile_worker._private_jobs WHERE key = $1', [
      `close:${ctx.tenantId}`,
    ])
  ).rowCount === 1;
const mrr = async () =>
  (
    await world.admin.query(
      `SELECT month::text, mrr_after::int AS after FROM mrr_change WHERE tenant_id = $1 ORDER BY month`,
      [ctx.tenantId],
    )
  ).rows.at(-1);

describe('a change in the last seconds of a month', () => {
  it('heard after midnight counts for the month that it was in', async () => {
    await time.moveTo(after(month, 2 * MINUTE));
    await convergeBilling(ctx);
    expect(await getSubscription(ctx, subscription)).toMatchObject({ plan_id: 'enterprise' });
    const told = await moments();
    expect(told?.cause).toBe('terms changed');
    expect(told?.happened.getTime()).toBeLessThan(month.getTime());
    expect(told?.heard.getTime()).toBeGreaterThan(month.getTime());
    await settleOverage(ctx);
    // The larger plan's limit holds for the whole month, and nothing is beyond it.
    expect(await charges()).toMatchObject([{ revision: 0, units: LIMIT + 20_000, amount: 0 }]);
    const before = new Date(month.getTime() - DAY).toISOString().slice(0, 7);
    expect(await mrr()).toEqual({ month: `${before}-01`, after: 99_900 });
  });

  it('heard after the month was closed corrects it, once', async () => {
    await time.moveTo(after(month, 5 * MINUTE));
    await settleOverage(ctx);
    expect(await charges()).toMatchObject([{ revision: 0, included: LIMIT, amount: 3_000 }]);
    await world.admin.query('DELETE FROM graphile_worker._private_jobs WHERE key = $1', [
      `close:${ctx.tenantId}`,
    ]);
    await time.moveTo(after(month, DAY));
    await convergeBilling(ctx);
    expect(await isQueued()).toBe(true);
    await settleOverage(ctx);
    await settleOverage(ctx);
    expect((await charges()).map(({ revision, amount }) => [revision, amount])).toEqual([
      [0, 3_000],
      [1, -3_000],
    ]);
  });
});

it('a late charge for a month that first came to nothing is a correction', async () => {
  // The month's plan has room for twenty times as much.
  await convergeBilling(ctx);
  await time.moveTo(after(month, 5 * MINUTE));
  await settleOverage(ctx);
  await countCalls(world, ctx, 2_000_000, after(month, -DAY));
  await settleOverage(ctx);
  expect((await charges()).map(({ revision, amount }) => [revision, amount > 0])).toEqual([
    [0, false],
    [1, true],
  ]);
  await time.moveTo(after(month, 12 * DAY));
  await convergeBilling(ctx);
  const { data } = await listInvoices(ctx, { limit: 1 });
  expect(data[0]?.lines[0]).toMatchObject({
    kind: 'overage_correction',
    description: expect.stringContaining('Correction'),
  });
});
