import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  createTenant,
  providerTime,
  useBillingWorld,
  subscribe,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { changeSubscription, convergeBilling, getOverview, listInvoices, previewChange } from '.';
import { changeSubscriptionInput } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let ahead = 0;
const smaller = { plan_id: 'starter' } as const;

beforeAll(async () => {
  await stripe().coupons.create({ id: 'HALF', percent_off: 50, duration: 'forever' });
  await stripe().coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
});

async function paid(coupon?: string): Promise<{ ctx: Ctx; id: string }> {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  const made = await subscribe(ctx, { coupon });
  return { ctx, id: made.id };
}

/** What each invoice collected, newest first: one may also leave credit for the next. */
const collected = async (ctx: Ctx) =>
  (await listInvoices(ctx, { limit: 10 })).data.map(({ amount_paid }) => amount_paid.amount);

/** A second or two pass between preview and charge, and each costs a little less. */
const near = (amount: number | undefined) =>
  expect.toSatisfy((other: number) => Math.abs(other - (amount ?? -1_000)) < 100);

describe('a preview says what is then collected', () => {
  it.each([
    ['a bigger plan', undefined, { plan_id: 'enterprise' }],
    ['a bigger plan at half the price', 'HALF', { plan_id: 'enterprise' }],
    ['a bigger plan after a discount that is used up', 'ONCE', { plan_id: 'enterprise' }],
    ['a smaller plan, whose credit pays the next', undefined, smaller],
    ['a longer cycle', undefined, { billing_cycle: 'quarterly' }],
    ['a longer cycle at half the price', 'HALF', { billing_cycle: 'quarterly' }],
    ['a bigger plan later', 'HALF', { plan_id: 'enterprise', when: 'period_end' }],
    ['a longer cycle later', 'HALF', { billing_cycle: 'annual', when: 'period_end' }],
  ] as const)('%s', async (_, coupon, input) => {
    const { ctx, id } = await paid(coupon);
    const change = changeSubscriptionInput.parse(input);
    const preview = await previewChange(ctx, id, change);
    await changeSubscription(ctx, id, change);
    const now = await collected(ctx);
    const first = [19_900, 9_950];
    expect(now.slice(0, -1)).toEqual(now.length === 1 ? [] : [near(preview.due_now.amount)]);
    expect(first).toContain(now.at(-1));
    expect(now.length === 1).toBe(change.when === 'period_end');
    expect(preview.due_now.amount === 0).toBe(change.when === 'period_end' || input === smaller);
    const at = Date.parse(preview.next_invoice?.at ?? '');
    ahead = Math.ceil((at - Date.now()) / 86_400_000) + 1;
    await providerTime(world, ahead);
    await convergeBilling(ctx);
    expect((await collected(ctx))[0]).toEqual(near(preview.next_invoice?.total.amount));
  });

  it('with what is pending, when another cycle comes later', async () => {
    const { ctx, id } = await paid('ONCE');
    const { rows } = await world.admin.query(
      'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    await stripe().invoiceItems.create({
      customer: rows[0].customer_id,
      amount: 1_234,
      currency: 'usd',
      description: 'Beyond the limit',
    });
    const later = { billing_cycle: 'annual', when: 'period_end' } as const;
    const preview = await previewChange(ctx, id, later);
    expect(preview.next_invoice?.total.amount).toBe(199_000 + 1_234);
    await changeSubscription(ctx, id, later);
    await providerTime(world, (ahead += 33));
    await convergeBilling(ctx);
    expect((await collected(ctx))[0]).toBe(preview.next_invoice?.total.amount);
  });
});

it('a shorter cycle is next charged when its own period ends, not when the longer one would have', async () => {
  const { ctx, id } = await paid();
  const to = (billing_cycle: 'annual' | 'monthly') =>
    changeSubscriptionInput.parse({ billing_cycle });
  await changeSubscription(ctx, id, to('annual'));
  const { next_invoice } = await previewChange(ctx, id, to('monthly'));
  const { current_period_end } = await changeSubscription(ctx, id, to('monthly'));
  const seconds = (at: string | null | undefined) => Date.parse(at ?? '') / 1_000;
  expect(seconds(next_invoice?.at)).toBeLessThan(seconds(current_period_end) + 1);
  expect(seconds(next_invoice?.at)).toBeGreaterThan(seconds(current_period_end) - 60);
});

it('the next payment says what it is made of, and its parts add up to it', async () => {
  const { ctx, id } = await paid('HALF');
  const { next_payment: next } = await getOverview(ctx);
  expect(next?.total.amount).toBe(9_950);
  expect(next?.parts.map(({ amount }) => amount.amount)).toEqual([19_900, -9_950]);
  expect(next?.parts.map(({ label }) => label)).toEqual([
    expect.stringContaining('Professional'),
    'Discount',
  ]);
  await changeSubscription(ctx, id, changeSubscriptionInput.parse(smaller));
  const later = (await getOverview(ctx)).next_payment;
  const sum = later?.parts.reduce((all, { amount }) => all + amount.amount, 0);
  expect(later?.parts.at(-1)).toMatchObject({ label: 'Credit' });
  expect(sum).toBe(later?.total.amount);
});
