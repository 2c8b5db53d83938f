import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { standingClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { parsePublicId } from '@/lib/kernel/ids';
import { auditActions, createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { answerPage, askByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  convergeBilling,
  getOverview,
  getSubscription,
  listInvoices,
  refreshCheckout,
  setBillingDetails,
} from '../..';
import { createSubscription } from '../../create-subscription';
import { createSubscriptionInput } from '../../schemas';
import { giveUpWaiting } from '../../settle-waiting';
import { syncCatalogue } from '../../sync-catalogue';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const PRICE = 19_900;
let ctx: Ctx;

beforeEach(async () => {
  ({ ctx } = await createTenant(world));
});

const ownId = (id: string) => parsePublicId('subscription', id) ?? '';

const rights = async (of: Ctx) => (await withTenant(of, (tx) => getEntitlements(tx, of))).source;

const invoicesOf = async (of: Ctx) => (await listInvoices(of, { limit: 100 })).data;

/** What PayPal has of a page's subscription, and what it took for it. */
async function agreement(id: string) {
  const { rows } = await world.admin.query<{ checkout_id: string }>(
    'SELECT checkout_id FROM subscription WHERE tenant_id = $1 AND id = $2',
    [ctx.tenantId, ownId(id)],
  );
  const { body } = await payPal.client.get(`/v1/billing/subscriptions/${rows[0]?.checkout_id}`);
  const info = body['billing_info'] as { last_payment?: object } | undefined;
  return { status: body['status'], paid: info?.last_payment };
}

describe('beginning', () => {
  it('gives nothing before the payer agreed, and is active with an invoice afterwards', async () => {
    const made = await askByPayPal(ctx);
    expect(made).toMatchObject({ status: 'incomplete', gateway: 'paypal' });
    expect(made.checkout_url).toContain('/paypal/approve/');
    await convergeBilling(ctx);
    expect((await getSubscription(ctx, made.id)).status).toBe('incomplete');
    const back = await answerPage(payPal, made.checkout_url);
    expect(back).toContain('/billing?checkout=success');
    expect(await refreshCheckout(ctx)).toMatchObject({
      status: 'active',
      checkout_url: null,
      cancel_at: null,
    });
    expect(await rights(ctx)).toBe('subscription');
    const [invoice, ...more] = await invoicesOf(ctx);
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({
      gateway: 'paypal',
      status: 'paid',
      subscription_id: made.id,
      total: { amount: PRICE, currency: 'usd' },
      amount_paid: { amount: PRICE },
      buyer: { name: 'Acme' },
      lines: [{ kind: 'period', item: 'professional', amount: { amount: PRICE } }],
    });
    expect(invoice?.number).toMatch(/^NZ-\d{4}-\d{6}$/);
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining(['subscription.activated', 'invoice.paid']),
    );
  });

  it('begins nothing when the payer declines, or when their account doesn’t pay', async () => {
    const made = await askByPayPal(ctx);
    expect(await answerPage(payPal, made.checkout_url, 'decline')).toContain('checkout=cancelled');
    await refreshCheckout(ctx);
    expect((await getSubscription(ctx, made.id)).status).toBe('incomplete');
    await answerPage(payPal, made.checkout_url, 'approve', 'declines');
    expect((await refreshCheckout(ctx))?.status).toBe('cancelled');
    expect(await rights(ctx)).toBe('trial');
    expect(await invoicesOf(ctx)).toEqual([]);
    expect(await agreement(made.id)).toEqual({ status: 'CANCELLED', paid: undefined });
    expect((await getOverview(ctx)).ended).toBeNull();
    expect((await askByPayPal(ctx)).status).toBe('incomplete');
    expect((await getOverview(ctx)).change_refused).toBeNull();
  });

  it('leaves alone what was agreed to on a page that was given up', async () => {
    const first = await askByPayPal(ctx);
    const second = await askByPayPal(ctx, 0, 'annual');
    expect(second.id).not.toBe(first.id);
    await answerPage(payPal, first.checkout_url);
    await refreshCheckout(ctx);
    expect((await getSubscription(ctx, first.id)).status).toBe('cancelled');
    expect((await getSubscription(ctx, second.id)).status).toBe('incomplete');
    expect(await invoicesOf(ctx)).toEqual([]);
    await answerPage(payPal, second.checkout_url);
    expect((await refreshCheckout(ctx))?.status).toBe('active');
  });

  it('gives the open page again to whoever asks for the same', async () => {
    const first = await askByPayPal(ctx);
    expect(await askByPayPal(ctx)).toEqual(first);
  });

  it('isn’t offered to a sandbox tenant, for PayPal has no clock that moves along', async () => {
    const moved = { ...ctx, clock: standingClock(new Date()) };
    await expect(askByPayPal(moved)).rejects.toMatchObject({
      code: 'gateway_unavailable',
    });
    expect((await getOverview(moved)).gateways.map(({ name }) => name)).toEqual(['stripe']);
    expect((await getOverview(ctx)).gateways).toEqual([
      { name: 'stripe', account: null, takes_codes: true },
      { name: 'paypal', account: 'PayPal', takes_codes: false },
    ]);
  });

  it('makes invoices out to whom the organisation named', async () => {
    await setBillingDetails(ctx, { company_name: 'Acme Ltd', address: null, tax_ids: [] });
    const made = await askByPayPal(ctx);
    await answerPage(payPal, made.checkout_url);
    await refreshCheckout(ctx);
    expect(await invoicesOf(ctx)).toMatchObject([{ buyer: { name: 'Acme Ltd' } }]);
  });

  it('refuses a coupon before anything is made', async () => {
    const wish = createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: 'monthly',
      coupon: 'SPRING',
      gateway: 'paypal',
    });
    await expect(createSubscription(ctx, wish)).rejects.toMatchObject({ code: 'coupon_invalid' });
    expect((await getOverview(ctx)).subscription).toBeNull();
  });

  it('publishes every offer once, however often', async () => {
    await syncCatalogue(ctx);
    const count = async () =>
      (await payPal.client.get('/v1/billing/plans?page_size=20')).body['total_items'];
    const first = await count();
    await syncCatalogue(ctx);
    expect(await count()).toBe(first);
  });

  it('asks PayPal nothing twice, from the button to the invoice', async () => {
    await askByPayPal((await createTenant(world)).ctx);
    const from = world.calls.length;
    const made = await askByPayPal(ctx);
    await answerPage(payPal, made.checkout_url);
    await refreshCheckout(ctx);
    const calls = world.calls.slice(from).filter((call) => call.includes('/paypal/'));
    const verbs = calls.map((call) =>
      call.replace(/\/paypal.*\/I-\w+/, '').replace(/\/paypal.*/, ''),
    );
    expect(verbs).toEqual([
      'POST ',
      // The page, which is open.
      'GET ',
      // Agreed to; then, with its row taken, begun and read.
      'GET ',
      'GET ',
      'POST /activate',
      'GET ',
      'GET /transactions',
    ]);
  });

  it('puts a plan on sale again that somebody took off at PayPal', async () => {
    await askByPayPal((await createTenant(world)).ctx);
    const { body } = await payPal.client.get('/v1/billing/plans?page_size=20');
    const plans = body['plans'] as unknown as { id: string; description: string; status: string }[];
    const known = plans.find(
      ({ description, status }) =>
        /^professional_v\d+_monthly/.test(description) && status === 'ACTIVE',
    );
    await payPal.client.post(`/v1/billing/plans/${known?.id}/deactivate`);
    const made = await askByPayPal(ctx);
    expect(made.checkout_url).toContain('/paypal/approve/');
    await answerPage(payPal, made.checkout_url);
    expect((await refreshCheckout(ctx))?.status).toBe('active');
  });

  it('lets nobody pay who may not', async () => {
    const { as } = await createTenant(world);
    await expect(askByPayPal(as('viewer'))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('makes one subscription of a request that was lost after it was done', async () => {
    const lost = world.trouble({
      path: '/paypal/v1/billing/subscriptions',
      when: 'after',
      times: 3,
    });
    await expect(askByPayPal(ctx)).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
    expect(lost.times).toBe(0);
    const made = await askByPayPal(ctx);
    const { body } = await payPal.client.get(
      '/v1/notifications/webhooks-events?event_type=BILLING.SUBSCRIPTION.CREATED&page_size=20',
    );
    const events = body['events'] as unknown as { resource: { custom_id: string } }[];
    const own = ownId(made.id);
    expect(events.filter(({ resource }) => resource.custom_id.includes(own))).toHaveLength(1);
  });
});

describe('a page that is given up in the moment in which its payer agrees', () => {
  const AT = '/paypal/v1/billing/subscriptions';
  /** Does something while PayPal is asked for the page's state, before it looks or after it did. */
  const whileItIsAsked = (when: 'before' | 'after', meanwhile: () => Promise<unknown>) =>
    world.trouble({ path: AT, when, times: 1, meanwhile, breaks: false });
  const agree = async ({ checkout_url }: { checkout_url: string | null }) =>
    void (await answerPage(payPal, checkout_url));

  it('takes nothing for it when the giving up was first', async () => {
    const first = await askByPayPal(ctx);
    const looks = whileItIsAsked('before', async () => {
      await cancelSubscription(ctx, first.id, { when: 'now' });
      await agree(first);
    });
    await refreshCheckout(ctx);
    expect(looks.times).toBe(0);
    expect((await getSubscription(ctx, first.id)).status).toBe('cancelled');
    expect(await agreement(first.id)).toEqual({ status: 'APPROVED', paid: undefined });
    expect(await invoicesOf(ctx)).toEqual([]);
  });

  it('takes nothing for it when another page was opened between the consent and its row', async () => {
    const first = await askByPayPal(ctx);
    await agree(first);
    let second = first;
    whileItIsAsked('after', async () => {
      await withTenant(ctx, (tx) => giveUpWaiting(tx, ctx, ownId(first.id), 'superseded'));
      second = await askByPayPal(ctx, 0, 'annual');
    });
    await refreshCheckout(ctx);
    expect(second.id).not.toBe(first.id);
    expect(await agreement(first.id)).toEqual({ status: 'APPROVED', paid: undefined });
    await agree(second);
    expect(await refreshCheckout(ctx)).toMatchObject({ id: second.id, status: 'active' });
    expect(await invoicesOf(ctx)).toHaveLength(1);
  });

  it('refuses to give it up when the consent was first', async () => {
    const first = await askByPayPal(ctx);
    whileItIsAsked('after', async () => {
      await agree(first);
      await refreshCheckout(ctx);
    });
    await expect(cancelSubscription(ctx, first.id, { when: 'now' })).rejects.toMatchObject({
      code: 'subscription_started',
    });
    expect((await getSubscription(ctx, first.id)).status).toBe('active');
  });

  it('goes on with a consent that was taken when taking it up failed', async () => {
    const first = await askByPayPal(ctx);
    await agree(first);
    world.trouble({ path: AT, when: 'before', times: 1, writes: true });
    await expect(refreshCheckout(ctx)).rejects.toMatchObject({
      code: 'payment_provider_unavailable',
    });
    await expect(cancelSubscription(ctx, first.id, { when: 'now' })).rejects.toMatchObject({
      code: 'subscription_started',
    });
    await expect(askByPayPal(ctx, 0, 'annual')).rejects.toMatchObject({
      code: 'subscription_exists',
    });
    expect((await getSubscription(ctx, first.id)).status).toBe('active');
    expect(await invoicesOf(ctx)).toHaveLength(1);
  });

  it('begins once, whoever looks at the same time', async () => {
    const first = await askByPayPal(ctx);
    await agree(first);
    await Promise.all([refreshCheckout(ctx), convergeBilling(ctx), refreshCheckout(ctx)]);
    expect((await getSubscription(ctx, first.id)).status).toBe('active');
    expect(await invoicesOf(ctx)).toHaveLength(1);
  });

  it('begins once when the answer to its beginning was lost', async () => {
    const first = await askByPayPal(ctx);
    await agree(first);
    world.trouble({ path: AT, when: 'after', times: 1, writes: true });
    await refreshCheckout(ctx).catch(() => null);
    expect((await refreshCheckout(ctx))?.status).toBe('active');
    expect(await invoicesOf(ctx)).toHaveLength(1);
  });
});
