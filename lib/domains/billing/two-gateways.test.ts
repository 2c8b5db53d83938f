import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findCurrentPlan } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, subscribe, useBillingWorld } from '@/lib/testing/billing-world';
import {
  answerPage,
  askByPayPal,
  subscribeByPayPal,
  usePayPalWorld,
} from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { convergeBilling, getSubscription, listSubscriptions } from '.';
import { ensureCustomer } from './ensure-customer';
import { stripeGateway } from './gateways/stripe/stripe-gateway';
import { ensurePrice } from './gateways/stripe/catalogue';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
let ctx: Ctx;

beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 40 }));
});

/** A subscription that somebody makes at Stripe by hand, for the tenant's customer there. */
async function byHand(price?: string): Promise<string> {
  const customer = await ensureCustomer(ctx, stripeGateway);
  const card = await stripe().paymentMethods.attach('pm_card_visa', { customer });
  const plan = await withTenant(ctx, (tx) => findCurrentPlan(tx, 'starter', ctx.clock.now()));
  if (!plan) throw new Error('no plan');
  const made = await stripe().subscriptions.create({
    customer,
    items: [{ price: price ?? (await ensurePrice({ plan, cycle: 'monthly' })) }],
    default_payment_method: card.id,
  });
  return made.id;
}

const live = async () =>
  (await listSubscriptions(ctx, { limit: 10 })).data.filter(({ status }) => status !== 'cancelled');
const statusThere = async (id: string) => (await stripe().subscriptions.retrieve(id)).status;

describe('a subscription that is found at another gateway', () => {
  it('is given up while one runs, and paid back', async () => {
    const { id } = await subscribeByPayPal(payPal, ctx);
    const second = await byHand();
    await convergeBilling(ctx);
    expect(await statusThere(second)).toBe('canceled');
    expect(await live()).toMatchObject([{ id, gateway: 'paypal', status: 'active' }]);
    await convergeBilling(ctx);
    expect(await live()).toHaveLength(1);
  });

  it('is given up while one is agreed to and about to run', async () => {
    const asked = await askByPayPal(ctx);
    const second = await byHand();
    await answerPage(payPal, asked.checkout_url);
    await world.admin.query(
      'UPDATE subscription SET provider_id = checkout_id WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    await convergeBilling(ctx);
    expect(await statusThere(second)).toBe('canceled');
    expect(await live()).toMatchObject([{ id: asked.id, gateway: 'paypal', status: 'active' }]);
  });

  it('is taken over while one only waits, which nobody can go on with then', async () => {
    const asked = await askByPayPal(ctx);
    const second = await byHand();
    await convergeBilling(ctx);
    expect(await statusThere(second)).toBe('active');
    expect(await live()).toMatchObject([{ gateway: 'stripe', plan_id: 'starter' }]);
    expect(await getSubscription(ctx, asked.id)).toMatchObject({ status: 'cancelled' });
    await answerPage(payPal, asked.checkout_url);
    await convergeBilling(ctx);
    expect(await live()).toMatchObject([{ gateway: 'stripe', plan_id: 'starter' }]);
  });

  it('is let alone when it sells nothing of ours', async () => {
    await subscribeByPayPal(payPal, ctx);
    const product = await stripe().products.create({ name: 'Training' });
    const price = await stripe().prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 100,
      recurring: { interval: 'month' },
    });
    const foreign = await byHand(price.id);
    await convergeBilling(ctx);
    expect(await statusThere(foreign)).toBe('active');
    expect(await live()).toHaveLength(1);
  });
});

it('one that goes on there after its end here is ended there while another runs', async () => {
  await subscribe(ctx);
  const { rows } = await world.admin.query<{ provider_id: string }>(
    `UPDATE subscription SET status = 'cancelled', ended_at = now(), wish_end = 'now' WHERE tenant_id = $1
     RETURNING provider_id`,
    [ctx.tenantId],
  );
  const card = rows[0]?.provider_id ?? '';
  const asked = await askByPayPal(ctx);
  await answerPage(payPal, asked.checkout_url);
  await convergeBilling(ctx);
  await convergeBilling(ctx);
  expect(await live()).toMatchObject([{ id: asked.id, gateway: 'paypal', status: 'active' }]);
  expect(await statusThere(card)).toBe('canceled');
});
