import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { closeTenantRow } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  pay,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  cancelSubscription,
  changeSubscription,
  convergeBilling,
  createSubscription,
  getBillingNotice,
  getInvoice,
  getOverview,
  listInvoices,
  previewChange,
  refreshCheckout,
  resumeSubscription,
  type SubscriptionDto,
} from '.';
import { createSubscriptionInput } from './schemas';

// Each test is a score of calls over the network and as many transactions.
vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;

beforeEach(async () => {
  tenant = await createTenant(world);
  ctx = tenant.ctx;
});

const start = (wish: object = {}) =>
  createSubscription(
    ctx,
    createSubscriptionInput.parse({ plan_id: 'professional', billing_cycle: 'monthly', ...wish }),
  );
const rights = () => withTenant(ctx, (tx) => getEntitlements(tx, ctx));
const tenantStatus = async () =>
  (await world.admin.query('SELECT status FROM tenant WHERE id = $1', [ctx.tenantId])).rows[0]
    .status;
const providerId = async () =>
  (
    await world.admin.query(
      `SELECT provider_id FROM subscription WHERE tenant_id = $1 AND status <> 'cancelled'`,
      [ctx.tenantId],
    )
  ).rows[0].provider_id as string;

async function paid(wish: object = {}): Promise<SubscriptionDto> {
  const made = await start({ trial_days: 0, ...wish });
  await pay(made.checkout_url);
  await refreshCheckout(ctx);
  return made;
}

describe('changing the plan', () => {
  it('costs what the preview says, and takes effect at once', async () => {
    const { id } = await paid();
    const preview = await previewChange(ctx, id, { plan_id: 'enterprise' });
    expect(preview.lines.map((line) => line.proration)).toContain(true);
    expect(preview.due_now.amount).toBeGreaterThan(79_000);
    expect(preview.next_invoice?.total).toEqual({ amount: 99_900, currency: 'usd' });
    expect(await rights()).toMatchObject({ planId: 'professional' });
    const changed = await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    expect(changed).toMatchObject({ id, plan_id: 'enterprise', status: 'active' });
    expect(await rights()).toMatchObject({ planId: 'enterprise', limits: { strategies: null } });
    const invoices = await listInvoices(ctx, { limit: 10 });
    expect(invoices.data).toHaveLength(2);
    const newest = invoices.data[0];
    expect(Math.abs((newest?.total.amount ?? 0) - preview.due_now.amount)).toBeLessThan(100);
    expect(await auditActions(world, ctx)).toContain('subscription.change_requested');
  });

  it('charges nothing in a trial, which goes on', async () => {
    const made = await start();
    const preview = await previewChange(ctx, made.id, { plan_id: 'enterprise' });
    expect(preview.due_now.amount).toBe(0);
    const changed = await changeSubscription(ctx, made.id, { plan_id: 'enterprise' });
    expect(changed).toMatchObject({
      status: 'trialing',
      plan_id: 'enterprise',
      trial_ends_at: made.trial_ends_at,
    });
    expect(await rights()).toMatchObject({ planId: 'enterprise' });
  });

  it('changes nothing when the card is refused', async () => {
    const { id } = await paid();
    const sub = await providerId();
    const { customer } = await stripe().subscriptions.retrieve(sub);
    const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer as string,
    });
    await stripe().subscriptions.update(sub, { default_payment_method: bad.id });
    await expect(changeSubscription(ctx, id, { plan_id: 'enterprise' })).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'payment_failed',
    });
    await convergeBilling(ctx);
    expect(await rights()).toMatchObject({ planId: 'professional' });
  });

  it.each([
    [{ plan_id: 'institutional' as const }, 'quote_required'],
    [{ plan_id: 'professional' as const }, 'no_change'],
    [{ plan_id: 'professional' as const, when: 'period_end' as const }, 'no_change'],
  ])('refuses %j: %s', async (change, code) => {
    const { id } = await paid();
    await expect(changeSubscription(ctx, id, change)).rejects.toMatchObject({ code });
  });

  it('refuses what isn’t paid, isn’t allowed, or isn’t theirs', async () => {
    const made = await start({ trial_days: 0 });
    await expect(changeSubscription(ctx, made.id, { plan_id: 'starter' })).rejects.toMatchObject({
      code: 'subscription_incomplete',
    });
    await expect(
      changeSubscription(tenant.as('viewer'), made.id, { plan_id: 'starter' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await createTenant(world);
    for (const attempt of [
      () => changeSubscription(stranger.ctx, made.id, { plan_id: 'starter' }),
      () => previewChange(stranger.ctx, made.id, { plan_id: 'starter' }),
      () => cancelSubscription(stranger.ctx, made.id, { when: 'now' }),
      () => resumeSubscription(stranger.ctx, made.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
    }
  });
});

describe('cancelling', () => {
  it('at the end of the period keeps everything until then, and can be taken back', async () => {
    const { id } = await paid();
    const cancelled = await cancelSubscription(ctx, id, { when: 'period_end', reason: 'too much' });
    expect(cancelled).toMatchObject({ status: 'active' });
    expect(cancelled.cancel_at).toBe(cancelled.current_period_end);
    expect(await rights()).toMatchObject({ planId: 'professional' });
    expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'ending' });
    expect((await getOverview(ctx)).next_payment).toBeNull();
    const resumed = await resumeSubscription(ctx, id);
    expect(resumed).toMatchObject({ status: 'active', cancel_at: null });
    expect((await getOverview(ctx)).next_payment?.total.amount).toBe(19_900);
    await expect(resumeSubscription(ctx, id)).rejects.toMatchObject({ code: 'not_cancelling' });
    const actions = await auditActions(world, ctx);
    expect(actions).toContain('subscription.cancel_requested');
    expect(actions.filter((action) => action === 'subscription.resumed')).toHaveLength(1);
  });

  it('of a trial without a card asks for none any more, until it is taken back', async () => {
    const { id } = await start({});
    expect((await getOverview(ctx)).wants_card).toBe(true);
    expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'subscription_trial' });
    const { trial_ends_at } = await cancelSubscription(ctx, id, { when: 'period_end' });
    expect((await getOverview(ctx)).wants_card).toBe(false);
    expect(await getBillingNotice(ctx)).toEqual({ kind: 'ending', ends_at: trial_ends_at });
    await resumeSubscription(ctx, id);
    expect((await getOverview(ctx)).wants_card).toBe(true);
    expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'subscription_trial' });
  });

  it('now gives back what is left of the tenant’s own trial', async () => {
    const { id } = await paid();
    const cancelled = await cancelSubscription(ctx, id, { when: 'now' });
    expect(cancelled).toMatchObject({ status: 'cancelled', checkout_url: null });
    expect(await rights()).toMatchObject({ planId: 'starter', source: 'trial' });
    expect(await tenantStatus()).toBe('trial');
    await expect(cancelSubscription(ctx, id, { when: 'now' })).rejects.toMatchObject({
      code: 'subscription_ended',
    });
    expect(await auditActions(world, ctx)).toEqual(
      expect.arrayContaining(['subscription.cancel_requested', 'subscription.cancelled']),
    );
  });

  it('now, past the trial, leaves what can be read', async () => {
    tenant = await createTenant(world, { ageDays: 40 });
    ctx = tenant.ctx;
    const { id } = await paid();
    expect(await tenantStatus()).toBe('active');
    await cancelSubscription(ctx, id, { when: 'now' });
    expect(await rights()).toMatchObject({ planId: 'professional', source: 'none' });
    expect(await tenantStatus()).toBe('cancelled');
    expect(await getBillingNotice(ctx)).toMatchObject({ kind: 'ended' });
    const again = await start({ trial_days: 0, plan_id: 'starter' });
    expect(again.status).toBe('incomplete');
  });

  it('gives up a checkout that nobody paid, for good', async () => {
    const made = await start({ trial_days: 0 });
    const given = await cancelSubscription(ctx, made.id, { when: 'now' });
    expect(given).toMatchObject({ status: 'cancelled', checkout_url: null });
    expect(await pay(made.checkout_url)).toBe(410);
    expect(await rights()).toMatchObject({ planId: 'starter', source: 'trial' });
  });

  it('of a checkout that was paid in that moment doesn’t lose the payment', async () => {
    const made = await start({ trial_days: 0 });
    await pay(made.checkout_url);
    await expect(cancelSubscription(ctx, made.id, { when: 'now' })).rejects.toMatchObject({
      code: 'subscription_started',
    });
    expect(await rights()).toMatchObject({ planId: 'professional' });
  });
});

describe('what happens at the provider alone', () => {
  it('is followed: an expired checkout makes room for a new one', async () => {
    const made = await start({ trial_days: 0 });
    const session = new URL(made.checkout_url ?? '').pathname.split('/').at(-1) ?? '';
    await stripe().checkout.sessions.expire(session);
    expect(await refreshCheckout(ctx)).toMatchObject({ status: 'cancelled', checkout_url: null });
    expect(await start({ trial_days: 0 })).toMatchObject({ status: 'incomplete' });
  });

  it('is followed: a subscription that ended there ends here', async () => {
    await paid();
    await stripe().subscriptions.cancel(await providerId());
    expect(await convergeBilling(ctx)).toEqual({ changed: true });
    expect(await convergeBilling(ctx)).toEqual({ changed: false });
    expect(await tenantStatus()).toBe('trial');
  });

  it('leaves an organisation closed that was closed before the provider told of its end', async () => {
    await paid();
    await stripe().subscriptions.cancel(await providerId());
    await withTenant(ctx, (tx) => closeTenantRow(tx, ctx));
    await convergeBilling(ctx);
    expect(await tenantStatus()).toBe('cancelled');
    const actions = await auditActions(world, ctx);
    expect(actions).toContain('subscription.cancelled');
    expect(actions.slice(actions.indexOf('tenant.closed'))).not.toContain('tenant.status_changed');
  });

  it('never makes two: the second subscription is cancelled there', async () => {
    await paid();
    const first = await providerId();
    const { customer, items, default_payment_method } =
      await stripe().subscriptions.retrieve(first);
    const second = await stripe().subscriptions.create({
      customer: customer as string,
      items: [{ price: items.data[0]?.price.id ?? '' }],
      default_payment_method: default_payment_method as string,
    });
    await convergeBilling(ctx);
    expect(await providerId()).toBe(first);
    expect((await stripe().subscriptions.retrieve(second.id)).status).toBe('canceled');
  });
});

describe('invoices', () => {
  it('follow the provider in all they say: lines, credit, payment', async () => {
    await paid();
    const { customer } = await stripe().subscriptions.retrieve(await providerId());
    const of = { customer: customer as string, currency: 'usd' };
    for (let hour = 1; hour <= 12; hour += 1) {
      await stripe().invoiceItems.create({ ...of, amount: 100, description: `Hour ${hour}` });
    }
    const made = await stripe().invoices.create({
      ...of,
      collection_method: 'send_invoice',
      days_until_due: 30,
      pending_invoice_items_behavior: 'include',
    });
    await stripe().invoices.finalizeInvoice(made.id);
    await convergeBilling(ctx);
    const newest = async () => (await listInvoices(ctx, { limit: 1 })).data[0];
    const issued = await newest();
    expect(issued).toMatchObject({ status: 'open', amount_due: { amount: 1_200 } });
    expect(issued?.lines.map(({ amount }) => amount.amount)).toEqual(Array(12).fill(100));
    await stripe().creditNotes.create({ invoice: made.id, amount: 500, reason: 'duplicate' });
    expect(await convergeBilling(ctx)).toEqual({ changed: true });
    expect(await newest()).toMatchObject({ status: 'open', amount_due: { amount: 700 } });
    expect(await convergeBilling(ctx)).toEqual({ changed: false });
    await stripe().invoices.markUncollectible(made.id);
    await convergeBilling(ctx);
    await stripe().invoices.voidInvoice(made.id);
    await convergeBilling(ctx);
    expect(await newest()).toMatchObject({ status: 'void' });
    const actions = await auditActions(world, ctx);
    expect(actions.filter((action) => action.startsWith('invoice.'))).toEqual([
      'invoice.paid',
      'invoice.issued',
      'invoice.updated',
      'invoice.written_off',
      'invoice.voided',
    ]);
  });

  it('are listed, newest first, page by page, and for nobody else', async () => {
    const { id } = await paid();
    await changeSubscription(ctx, id, { plan_id: 'enterprise' });
    const first = await listInvoices(ctx, { limit: 1 });
    const rest = await listInvoices(ctx, { limit: 10, cursor: first.next_cursor ?? '' });
    expect(first.data).toHaveLength(1);
    expect(rest).toMatchObject({ next_cursor: null, data: [{ total: { amount: 19_900 } }] });
    const [invoice] = rest.data;
    expect(invoice).toMatchObject({
      status: 'paid',
      subscription_id: id,
      subtotal: { amount: 19_900, currency: 'usd' },
      tax: { amount: 0 },
      lines: [{ amount: { amount: 19_900 }, proration: false }],
    });
    expect(await getInvoice(ctx, invoice?.id ?? '')).toEqual(invoice);
    const stranger = await createTenant(world);
    await expect(getInvoice(stranger.ctx, invoice?.id ?? '')).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(listInvoices(ctx, { limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
    await expect(listInvoices(tenant.as('trader'), { limit: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
