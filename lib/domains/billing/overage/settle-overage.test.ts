import { describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { auditActions, useBillingWorld } from '@/lib/testing/billing-world';
import { countCalls, overageTenant, useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  convergeBilling,
  explainInvoice,
  listInvoices,
  pauseSubscription,
  resumeSubscription,
  setOverage,
} from '..';
import { queueCloses } from './close-months';
import { settleOverage } from './hand-over';

vi.setConfig({ testTimeout: 90_000 });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMIT = 100_000;
const database = useTestDatabase();
const world = useBillingWorld(database);
const time = useMovedTime(world);

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);
const invoices = async (ctx: Ctx) => (await listInvoices(ctx, { limit: 20 })).data;
const overageLines = async (ctx: Ctx) =>
  (await invoices(ctx)).flatMap((invoice) =>
    invoice.lines.filter(({ kind }) => kind.startsWith('overage')),
  );

async function charges({ tenantId }: Ctx) {
  const { rows } = await world.admin.query(
    `SELECT revision, standing, units::int, amount::int, billed_before::int, settled_at IS NOT NULL AS settled
     FROM overage_charge WHERE tenant_id = $1 ORDER BY month, revision`,
    [tenantId],
  );
  return rows;
}

async function itemsThere({ tenantId }: Ctx) {
  const { rows } = await world.admin.query<{ customer_id: string }>(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [tenantId],
  );
  const items = await stripe().invoiceItems.list({ customer: rows[0]?.customer_id ?? '' });
  return items.data.filter(({ metadata }) => metadata?.usage_basis);
}

/** Whether the hourly look found something to be closed or corrected. */
async function isQueued({ tenantId }: Ctx): Promise<boolean> {
  const { rowCount } = await world.admin.query(
    'SELECT FROM graphile_worker._private_jobs WHERE key = $1',
    [`close:${tenantId}`],
  );
  return rowCount === 1;
}

/** The next month's first five minutes, when months are closed. */
async function monthIsOver(): Promise<void> {
  await time.moveTo(after(time.month(1), 5 * MINUTE));
}

describe('a month of a monthly subscription', () => {
  it('stands on the next invoice, once, and is explained down to its days', async () => {
    await time.moveTo(after(time.month(1), 10 * DAY));
    const { ctx } = await overageTenant(world, time);
    await countCalls(world, ctx, LIMIT - 1, after(time.clock.now(), -2 * DAY));
    await countCalls(world, ctx, 20_001, time.clock.now());
    await settleOverage(ctx);
    expect(await charges(ctx)).toEqual([]);
    await monthIsOver();
    expect(await queueCloses(ctx)).toBeGreaterThan(0);
    await settleOverage(ctx);
    await settleOverage(ctx);
    const closed = { revision: 0, standing: 'running', units: 120_000, billed_before: 0 };
    expect(await charges(ctx)).toEqual([{ ...closed, amount: 3_000, settled: true }]);
    expect(await itemsThere(ctx)).toHaveLength(1);
    expect(await overageLines(ctx)).toEqual([]);
    await time.moveTo(after(time.month(0), 11 * DAY));
    await convergeBilling(ctx);
    const [newest] = await invoices(ctx);
    expect(newest?.lines.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['overage', 3_000],
      ['period', 19_900],
    ]);
    expect(newest?.lines[0]).toMatchObject({ item: 'api_calls', quantity: 20_000 });
    const why = await explainInvoice(ctx, newest?.id ?? '');
    expect(why.lines[0]).toMatchObject({
      rule: { number: 13 },
      arithmetic: { agrees: true, text: '(120,000 − 100,000) × $1.50 ÷ 1,000 = $30.00' },
      usage: { billed_units: 120_000, included_units: LIMIT, total: 120_000 },
    });
    expect(await auditActions(world, ctx)).toContain('overage.charged');
  });

  it('that ends in the moment of a renewal is on that renewal’s invoice', async () => {
    await time.moveTo(after(time.month(1), 2_000));
    const { ctx } = await overageTenant(world, time);
    await countCalls(world, ctx, LIMIT + 1_000, after(time.clock.now(), DAY));
    await monthIsOver();
    await settleOverage(ctx);
    await time.moveTo(after(time.clock.now(), 2 * HOUR));
    await convergeBilling(ctx);
    const [newest] = await invoices(ctx);
    const amounts = newest?.lines.map(({ kind, amount }) => [kind, amount.amount]);
    expect(new Map(amounts as [string, number][])).toEqual(
      new Map([
        ['overage', 150],
        ['period', 19_900],
      ]),
    );
  });

  it('costs the budget at most, and nothing where it was switched off', async () => {
    await time.moveTo(after(time.month(1), DAY));
    const capped = await overageTenant(world, time);
    const off = await overageTenant(world, time);
    const budget = { amount: 500, currency: 'usd' };
    await setOverage(capped.ctx, 'api_calls', { mode: 'budget', budget });
    await setOverage(off.ctx, 'api_calls', { mode: 'off' });
    for (const { ctx } of [capped, off]) {
      await countCalls(world, ctx, LIMIT + 50_000, time.clock.now());
    }
    await monthIsOver();
    for (const { ctx } of [capped, off]) await settleOverage(ctx);
    expect(await charges(capped.ctx)).toMatchObject([{ amount: 500 }]);
    expect(await charges(off.ctx)).toMatchObject([{ amount: 0 }]);
    expect(await itemsThere(off.ctx)).toEqual([]);
  });
});

describe('a total that changed later', () => {
  it('gives a correction, up or down, by that month’s limit, price and switch', async () => {
    await time.moveTo(after(time.month(1), DAY));
    const { ctx } = await overageTenant(world, time);
    await countCalls(world, ctx, LIMIT + 10_000, time.clock.now());
    await monthIsOver();
    await settleOverage(ctx);
    const inTheMonth = after(time.month(0), -HOUR);
    await setOverage(ctx, 'api_calls', { mode: 'off' });
    await queueCloses(ctx);
    expect(await isQueued(ctx)).toBe(false);
    await countCalls(world, ctx, 1_000, inTheMonth);
    await queueCloses(ctx);
    expect(await isQueued(ctx)).toBe(true);
    await settleOverage(ctx);
    await countCalls(world, ctx, -4_000, inTheMonth);
    await settleOverage(ctx);
    await settleOverage(ctx);
    expect(await charges(ctx)).toMatchObject([
      { revision: 0, amount: 1_500, billed_before: 0 },
      { revision: 1, amount: 150, billed_before: 1_500 },
      { revision: 2, amount: -600, billed_before: 1_650 },
    ]);
    await time.moveTo(after(time.month(0), 2 * DAY));
    await convergeBilling(ctx);
    const lines = await overageLines(ctx);
    expect(lines.map(({ kind, amount, quantity }) => [kind, amount.amount, quantity])).toEqual([
      ['overage', 1_500, 10_000],
      ['overage_correction', 150, 11_000],
      ['overage_correction', -600, 7_000],
    ]);
    const [newest] = await invoices(ctx);
    const why = await explainInvoice(ctx, newest?.id ?? '');
    expect(why.lines.slice(0, 3).map(({ arithmetic }) => arithmetic?.agrees)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('an invoice of its own', () => {
  it('is made at once on a cycle longer than a month', async () => {
    await time.moveTo(after(time.month(1), DAY));
    const { ctx } = await overageTenant(world, time, { billing_cycle: 'quarterly' });
    await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
    await monthIsOver();
    await settleOverage(ctx);
    await settleOverage(ctx);
    const [newest, first, ...rest] = await invoices(ctx);
    expect(rest).toEqual([]);
    expect(newest).toMatchObject({ status: 'paid', total: { amount: 300 } });
    expect(first?.total.amount).toBe(56_715);
  });

  it('is made at once when the subscription ends, of what was used until then', async () => {
    await time.moveTo(after(time.month(1), DAY));
    const { ctx, subscription } = await overageTenant(world, time);
    await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
    await time.moveTo(after(time.clock.now(), 5 * DAY));
    await cancelSubscription(ctx, subscription, { when: 'now' });
    await countCalls(world, ctx, 9_000, after(time.clock.now(), 2 * HOUR));
    await settleOverage(ctx);
    expect(await charges(ctx)).toMatchObject([
      { standing: 'ended', units: LIMIT + 2_000, amount: 300, settled: true },
    ]);
    const [newest] = await invoices(ctx);
    expect(newest).toMatchObject({ status: 'paid', total: { amount: 300 } });
    await monthIsOver();
    await settleOverage(ctx);
    expect(await charges(ctx)).toHaveLength(1);
  });
});

describe('nothing is charged', () => {
  it('for a month at whose end the subscription was on trial', async () => {
    await time.moveTo(after(time.month(2), -5 * DAY));
    const trial = { plan_id: 'enterprise', trial_days: 16 };
    const { ctx } = await overageTenant(world, time, trial);
    await countCalls(world, ctx, 1_500_000, time.clock.now());
    await monthIsOver();
    await settleOverage(ctx);
    expect(await charges(ctx)).toMatchObject([{ standing: 'trial', amount: 0 }]);
  });

  it('for one at whose end it was paused; one at whose end it runs again counts whole', async () => {
    await time.moveTo(after(time.month(1), DAY));
    const { ctx, subscription } = await overageTenant(world, time);
    await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
    await pauseSubscription(ctx, subscription);
    await monthIsOver();
    await settleOverage(ctx);
    expect(await charges(ctx)).toMatchObject([{ standing: 'paused', amount: 0 }]);
    await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
    await resumeSubscription(ctx, subscription);
    await monthIsOver();
    await settleOverage(ctx);
    expect((await charges(ctx)).slice(1)).toMatchObject([{ standing: 'running', amount: 300 }]);
  });
});

/** What a job is about to do when it dies, or has just done. */
const deaths = [
  { path: '/v1/invoiceitems', when: 'before', writes: true },
  { path: '/v1/invoiceitems', when: 'after', writes: true },
  { path: '/v1/invoices', when: 'before', writes: true },
  { path: '/v1/invoices', when: 'after', writes: true },
  { path: '/v1/invoices', when: 'after', writes: true, skip: 1 },
] as const;

describe('a job that dies', () => {
  it('at any step is repeated without a second effect', async () => {
    for (const death of deaths) {
      await time.moveTo(after(time.month(1), DAY));
      const { ctx } = await overageTenant(world, time, { billing_cycle: 'annual' });
      await countCalls(world, ctx, LIMIT + 2_000, time.clock.now());
      await monthIsOver();
      // The client tries thrice by itself.
      const trouble = world.trouble({ ...death, times: 3 });
      await expect(settleOverage(ctx)).rejects.toMatchObject({ kind: 'unavailable' });
      expect(trouble.times).toBe(0);
      await Promise.allSettled([settleOverage(ctx), settleOverage(ctx)]);
      await settleOverage(ctx);
      expect(await itemsThere(ctx)).toHaveLength(1);
      expect((await overageLines(ctx)).map(({ amount }) => amount.amount)).toEqual([300]);
      expect(await invoices(ctx)).toHaveLength(2);
    }
  });
});
