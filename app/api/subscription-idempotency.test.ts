import { beforeAll, expect, it, vi } from 'vitest';
import { createSubscription, listInvoices, refreshCheckout } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { createApiKey } from '@/lib/domains/gateway';
import { routes } from '@/lib/runtime/routes.generated';
import { auditActions, createTenant, pay, useBillingWorld } from '@/lib/testing/billing-world';
import { apiEndpoints, callRoute } from '@/lib/testing/isolation/call-route';
import { useTestDatabase } from '@/lib/testing/test-database';
import { provideRoutes } from '@/lib/transport/route-table';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);

beforeAll(() => provideRoutes(routes));

it('a hundred identical changes at once, under one Idempotency-Key, have one effect and one answer', async () => {
  const { ctx } = await createTenant(world, { ageDays: 40 });
  const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
  const made = await createSubscription(ctx, createSubscriptionInput.parse(wish));
  await pay(made.checkout_url);
  await refreshCheckout(ctx);
  const { secret } = await createApiKey(ctx, { name: 'robot' });
  const endpoint = apiEndpoints().find(({ name }) => name === 'PATCH /api/v1/subscriptions/:id');
  if (!endpoint) throw new Error('no such endpoint');
  const change = () =>
    callRoute(
      endpoint,
      { params: { id: made.id }, body: { plan_id: 'enterprise' } },
      { authorization: `Bearer ${secret}`, 'idempotency-key': 'one-change' },
    );
  const answers = await Promise.all(Array.from({ length: 100 }, change));
  // One is at work; the others are told so, or given its answer, or asked to come more slowly.
  const done = answers.filter(({ status }) => status === 200);
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  const waiting = answers.filter(({ status }) => status !== 200);
  for (const { status, text } of waiting) {
    expect(status === 429 || text.includes('idempotency_in_flight')).toBe(true);
  }
  // The hundred used up the key's burst.
  await vi.waitFor(async () => expect(await change()).toEqual(done[0]), {
    timeout: 20_000,
    interval: 500,
  });
  const actions = await auditActions(world, ctx);
  expect(actions.filter((each) => each === 'subscription.change_requested')).toHaveLength(1);
  expect((await listInvoices(ctx, { limit: 10 })).data).toHaveLength(2);
});
