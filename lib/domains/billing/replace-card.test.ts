import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  pay,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { financeOperator, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  acceptQuote,
  cancelSubscription,
  createSubscription,
  getOverview,
  pauseSubscription,
  refreshCheckout,
  renewCardPage,
} from '.';
import { createSubscriptionInput } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const OTHER = '5555 5555 5555 4444';
let tenant: NewTenant;
let ctx: Ctx;
let id: string;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  id = (await subscribe(ctx)).id;
});

const card = async () => (await getOverview(ctx)).card?.last4;
const row = async () =>
  (
    await world.admin.query(
      `SELECT s.provider_id AS provider, c.customer_id AS customer FROM subscription s
       JOIN billing_customer c USING (tenant_id) WHERE s.tenant_id = $1`,
      [ctx.tenantId],
    )
  ).rows[0];

describe('another card', () => {
  it('takes the place of the one before, for customer and subscription', async () => {
    expect(await getOverview(ctx)).toMatchObject({ card_replaceable: true, wants_card: false });
    const opened = await renewCardPage(ctx, id);
    expect(await pay(opened.checkout_url, OTHER)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active', checkout_url: null });
    expect(await card()).toBe('4444');
    const { customer } = await row();
    const known = await stripe().customers.retrieve(customer, {
      expand: ['invoice_settings.default_payment_method'],
    });
    expect(known).toMatchObject({
      invoice_settings: { default_payment_method: { card: { last4: '4444' } } },
    });
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining(['subscription.card_page_opened', 'subscription.updated']),
    );
    expect((await renewCardPage(ctx, id)).checkout_url).not.toBe(opened.checkout_url);
  });

  it('opens one page for two clicks, and changes nothing when it is declined or left', async () => {
    const both = await Promise.all([renewCardPage(ctx, id), renewCardPage(ctx, id)]);
    expect(both[0].checkout_url).toContain('/checkout/');
    expect(both[1].checkout_url).toBe(both[0].checkout_url);
    expect(await pay(both[0].checkout_url, '4000 0000 0000 0002')).toBe(402);
    expect(await refreshCheckout(ctx)).toMatchObject({ checkout_url: both[0].checkout_url });
    expect(await card()).toBe('4242');
    const page = new URL(both[0].checkout_url ?? '').pathname.split('/').at(-1) ?? '';
    await stripe().checkout.sessions.expire(page);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'active', checkout_url: null });
    expect(await card()).toBe('4242');
  });

  it('can be entered during a pause', async () => {
    await pauseSubscription(ctx, id);
    expect(await pay((await renewCardPage(ctx, id)).checkout_url, OTHER)).toBe(303);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'paused', checkout_url: null });
    expect(await card()).toBe('4444');
  });

  it('is for nothing that is paid by invoice, nor for what was never paid', async () => {
    const operator = await financeOperator(world.admin);
    const quote = await sentQuoteFor(ctx, operator);
    const { subscription_id } = await acceptQuote(ctx, quote.id, { revision: 1 });
    const before = await auditActions(world, ctx);
    await expect(renewCardPage(ctx, subscription_id ?? '')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'paid_by_invoice',
      detail: expect.stringContaining('Pay the open invoice'),
    });
    expect(await auditActions(world, ctx)).toEqual(before);
    expect(await getOverview(ctx)).toMatchObject({ card_replaceable: false, wants_card: false });

    const other = await createTenant(world, { ageDays: 40 });
    const wish = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
    const unpaid = await createSubscription(other.ctx, createSubscriptionInput.parse(wish));
    await expect(renewCardPage(other.ctx, unpaid.id)).rejects.toMatchObject({
      code: 'subscription_incomplete',
    });
  });

  it('is for those who may pay, of this organisation, while the subscription lives', async () => {
    await expect(renewCardPage(tenant.as('viewer'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = await createTenant(world);
    await expect(renewCardPage(stranger.ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
    await cancelSubscription(ctx, id, { when: 'now' });
    await expect(renewCardPage(ctx, id)).rejects.toMatchObject({ code: 'subscription_ended' });
  });
});
