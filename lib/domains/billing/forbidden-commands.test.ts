import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  createTenant,
  pay,
  providerTime,
  subscriptionAtStripe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  applyDiscountCode,
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  createSubscription,
  getSubscription,
  pauseSubscription,
  refreshCheckout,
  resumeSubscription,
  setAddOns,
  withdrawChange,
} from '.';
import { allowsCommand, type Command } from './lifecycle';
import { createSubscriptionInput, type SubscriptionStatus } from './schemas';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);

type Case = { ctx: Ctx; id: string };
/** In `active` everything but resuming makes sense; `paused` is looked at where pausing is. */
type Reached = Exclude<SubscriptionStatus, 'active' | 'paused'>;
const cases = {} as Record<Reached, Case>;

/** `days`: how far the tenant's time is ahead, as the provider's is by then. */
async function begin(more: object = {}, days = 0): Promise<Case> {
  const tenant = await createTenant(world, { ageDays: 'trial_days' in more ? 40 : -days });
  const now = () => new Date(Date.now() + days * 86_400_000);
  const ctx = { ...tenant.ctx, clock: { now } };
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', ...more };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  return { ctx, id: made.id };
}

async function paid(): Promise<Case> {
  const one = await begin({ trial_days: 0 });
  await pay((await getSubscription(one.ctx, one.id)).checkout_url);
  await refreshCheckout(one.ctx);
  return one;
}

/** One whose card fails from now on. */
async function failing(): Promise<Case> {
  const one = await paid();
  const { customer, id } = await subscriptionAtStripe(world, one.ctx);
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer as string,
  });
  await stripe().subscriptions.update(id, { default_payment_method: bad.id });
  return one;
}

beforeAll(async () => {
  await fetch(`${world.sandbox.url}/_sandbox/dunning`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ retry_days: [3, 5], then: 'unpaid' }),
  });
  cases.unpaid = await failing();
  await providerTime(world, 15);
  cases.past_due = await failing();
  // Now the retries of the first are used up, and those of the second have begun.
  await providerTime(world, 47);
  await convergeBilling(cases.unpaid.ctx);
  await convergeBilling(cases.past_due.ctx);
  cases.trialing = await begin({}, 47);
  cases.incomplete = await begin({ trial_days: 0 });
  cases.cancelled = await paid();
  await cancelSubscription(cases.cancelled.ctx, cases.cancelled.id, { when: 'now' });
});

const starter = 'starter' as const;
const attempts: Record<Exclude<Command, 'resume'>, (one: Case) => Promise<unknown>> = {
  change_now: ({ ctx, id }) => changeSubscription(ctx, id, { plan_id: starter }),
  change_at_period_end: ({ ctx, id }) =>
    changeSubscription(ctx, id, { plan_id: starter, when: 'period_end' }),
  withdraw_change: ({ ctx, id }) => withdrawChange(ctx, id),
  cancel_at_period_end: ({ ctx, id }) => cancelSubscription(ctx, id, { when: 'period_end' }),
  cancel_now: ({ ctx, id }) => cancelSubscription(ctx, id, { when: 'now' }),
  keep: ({ ctx, id }) => resumeSubscription(ctx, id),
  pause: ({ ctx, id }) => pauseSubscription(ctx, id),
  set_discount: ({ ctx, id }) => applyDiscountCode(ctx, id, { code: 'ANY' }),
  set_add_ons: ({ ctx, id }) =>
    setAddOns(ctx, id, { add_ons: [{ key: 'extra_members', quantity: 1 }] }),
};

const statuses = ['incomplete', 'trialing', 'past_due', 'unpaid', 'cancelled'] as const;

describe.each(statuses)('%s', (status) => {
  const forbidden = (Object.keys(attempts) as (keyof typeof attempts)[])
    // Nobody paid yet: giving it up is the same at once and later.
    .filter((command) => !(status === 'incomplete' && command === 'cancel_at_period_end'))
    .filter((command) => !allowsCommand(status, command));

  it('refuses what makes no sense, without a word to the provider', async () => {
    const one = cases[status];
    expect(await getSubscription(one.ctx, one.id)).toMatchObject({ status });
    world.calls.splice(0);
    for (const command of forbidden) {
      await expect(attempts[command](one), command).rejects.toMatchObject({ kind: 'conflict' });
    }
    expect(forbidden.length).toBeGreaterThan(0);
    expect(world.calls).toEqual([]);
  });
});
