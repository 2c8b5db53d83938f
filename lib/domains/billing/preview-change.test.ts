import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, pay, providerTime, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  changeSubscription,
  convergeBilling,
  createSubscription,
  listInvoices,
  previewChange,
  refreshCheckout,
} from '.';
import { changeSubscriptionInput, createSubscriptionInput } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let ahead = 0;

beforeAll(async () => {
  await stripe().coupons.create({ id: 'HALF', percent_off: 50, duration: 'forever' });
  await stripe().coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
});

async function paid(coupon?: string): Promise<{ ctx: Ctx; id: string }> {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0, coupon };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  await pay(made.checkout_url);
  await refreshCheckout(ctx);
  return { ctx, id: made.id };
}

/** What is collected: an invoice may also leave credit for the next. */
const newest = async (ctx: Ctx) => {
  const [invoice] = (await listInvoices(ctx, { limit: 1 })).data;
  return invoice?.amount_paid.amount ?? 0;
};

describe('a preview says what is then collected', () => {
  it.each([
    ['a bigger plan', undefined, { plan_id: 'enterprise' }],
    ['a bigger plan at half the price', 'HALF', { plan_id: 'enterprise' }],
    ['a bigger plan after a discount that is used up', 'ONCE', { plan_id: 'enterprise' }],
    ['a smaller plan, whose credit pays the next', undefined, { plan_id: 'starter' }],
    ['a longer cycle', undefined, { billing_cycle: 'quarterly' }],
    ['a longer cycle at half the price', 'HALF', { billing_cycle: 'quarterly' }],
    ['a bigger plan later', 'HALF', { plan_id: 'enterprise', when: 'period_end' }],
    ['a longer cycle later', 'HALF', { billing_cycle: 'annual', when: 'period_end' }],
  ] as const)('%s', async (_, coupon, input) => {
    const { ctx, id } = await paid(coupon);
    const change = changeSubscriptionInput.parse(input);
    const before = await newest(ctx);
    const preview = await previewChange(ctx, id, change);
    await changeSubscription(ctx, id, change);
    if (change.when === 'period_end') {
      expect(preview.due_now.amount).toBe(0);
      expect(await newest(ctx)).toBe(before);
    } else {
      // A second or two pass between the two, and each costs a little less.
      expect(Math.abs((await newest(ctx)) - preview.due_now.amount)).toBeLessThan(100);
    }
    const at = Date.parse(preview.next_invoice?.at ?? '');
    ahead = Math.ceil((at - Date.now()) / 86_400_000) + 1;
    await providerTime(world, ahead);
    await convergeBilling(ctx);
    const collected = await newest(ctx);
    expect(Math.abs(collected - (preview.next_invoice?.total.amount ?? -1))).toBeLessThan(100);
  });
});
