import { beforeEach, describe, expect, it, vi } from 'vitest';
import { can } from '@/lib/domains/entitlements';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  providerTime,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { later, runJob, subscribeByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { queuedMails } from '@/lib/testing/queued-mails';
import { useTestDatabase } from '@/lib/testing/test-database';
import { convergeBilling, getOverview, getSubscription, listInvoices, payOverdue } from '../..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const PRICE = 19_900;
const AT = '/paypal/v1/billing/subscriptions';
let tenant: NewTenant;
let ctx: Ctx;
let id: string;
/** What PayPal calls it. */
let agreement: string;

/** The sandbox's clock goes forward only: each test begins where the one before ended. */
let today = 0;

/** Lets so many days pass for both sides, and hears what PayPal has to say. */
async function pass(days: number): Promise<void> {
  today += days;
  await providerTime(world, today);
  ctx = later(ctx, days);
  await convergeBilling(ctx);
  await runJob(ctx, 'billing.dunning', { tenantId: ctx.tenantId });
}

const payerPays = (pays: boolean) =>
  payPal.happen('PUT', `subscriptions/${agreement}/payer`, { pays });

const there = async () => (await payPal.client.get(`/v1/billing/subscriptions/${agreement}`)).body;
const status = async () => (await getSubscription(ctx, id)).status;
const tenantStatus = async () =>
  (await world.admin.query('SELECT status FROM tenant WHERE id = $1', [ctx.tenantId])).rows[0]
    .status;
const invoices = async () => (await listInvoices(ctx, { limit: 100 })).data;
const stage = async () => (await getSubscription(ctx, id)).dunning?.stage ?? null;

async function mails() {
  const all = await queuedMails(world.admin, { to: `${tenant.slug}@example.com` });
  return all.flatMap((mail) => (mail.template === 'payment_overdue' ? [mail] : []));
}

/** A subscription whose first renewal has just been declined. */
beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: -today });
  ctx = later(tenant.ctx, today);
  id = (await subscribeByPayPal(payPal, ctx)).id;
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM subscription WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  agreement = rows[0]?.provider_id ?? '';
  await payerPays(false);
  await pass(31.5);
});

describe('an overdue payment', () => {
  it('is told with what is owed, mailed without an invoice, once for each notice', async () => {
    expect(await getSubscription(ctx, id)).toMatchObject({
      status: 'past_due',
      account: 'PayPal',
      dunning: { stage: 'retrying', owed: { amount: PRICE, currency: 'usd' } },
    });
    await convergeBilling(ctx);
    expect(await mails()).toMatchObject([
      {
        notice: 'payment_failed',
        amount: '$199.00',
        account: 'PayPal',
        invoiceNumber: null,
        link: expect.stringMatching(/\/billing$/),
      },
    ]);
    await pass(3);
    await pass(4);
    expect((await mails()).map(({ notice }) => notice).sort()).toEqual([
      'last_call',
      'payment_failed',
      'reminder',
    ]);
  });

  it('is told as a part of the next payment, which adds up', async () => {
    expect((await getOverview(ctx)).next_payment).toMatchObject({
      total: { amount: 2 * PRICE },
      parts: [
        { label: 'Payments that failed before', amount: { amount: PRICE } },
        { label: 'NeoZork Professional, monthly', amount: { amount: PRICE } },
      ],
    });
  });

  it('is paid at once, with an invoice for its period, and nothing is overdue any more', async () => {
    await payerPays(true);
    expect(await payOverdue(ctx, id)).toMatchObject({ status: 'active', dunning: null });
    const [paid, ...before] = await invoices();
    expect(before).toHaveLength(1);
    expect(paid).toMatchObject({
      status: 'paid',
      total: { amount: PRICE },
      lines: [{ kind: 'period', period: { start: before[0]?.period_end } }],
    });
    expect(await auditActions(world, ctx)).toContain('subscription.overdue_payment_asked');
    await pass(31);
    expect((await invoices()).map(({ total }) => total.amount)).toEqual([PRICE, PRICE, PRICE]);
    await expect(payOverdue(ctx, id)).rejects.toMatchObject({ code: 'nothing_overdue' });
  });

  it('stays overdue when the account declines again, and can be paid a moment later', async () => {
    await expect(payOverdue(ctx, id)).rejects.toMatchObject({
      kind: 'payment_required',
      code: 'payment_failed',
    });
    expect(await status()).toBe('past_due');
    await payerPays(true);
    expect((await payOverdue(ctx, id)).status).toBe('active');
    expect(await invoices()).toHaveLength(2);
  });

  it('is taken once by clicks in two tabs', async () => {
    await payerPays(true);
    await Promise.allSettled([payOverdue(ctx, id), payOverdue(ctx, id), payOverdue(ctx, id)]);
    expect(await status()).toBe('active');
    expect(await invoices()).toHaveLength(2);
    expect((await there())['billing_info']).toMatchObject({
      outstanding_balance: { value: '0.00' },
      last_payment: { amount: { value: '199.00' } },
    });
  });

  it('is taken once when PayPal’s answer was lost', async () => {
    await payerPays(true);
    world.trouble({ path: `${AT}/${agreement}/capture`, when: 'after', times: 3 });
    await expect(payOverdue(ctx, id)).rejects.toMatchObject({
      code: 'payment_provider_unavailable',
    });
    await payOverdue(ctx, id).catch(() => null);
    expect(await status()).toBe('active');
    expect(await invoices()).toHaveLength(2);
  });

  it('is paid by who may pay alone, and of the own organisation', async () => {
    await payerPays(true);
    const viewer = { ...ctx, actor: tenant.as('viewer').actor };
    await expect(payOverdue(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = later((await createTenant(world)).ctx, today);
    await expect(payOverdue(stranger, id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await status()).toBe('past_due');
  });
});

describe('what PayPal gave up', () => {
  it('comes back from suspension by one payment, which is for what failed', async () => {
    const failed = (await invoices())[0]?.period_end;
    await pass(28);
    expect(await stage()).toBe('suspended');
    expect(await tenantStatus()).toBe('suspended');
    await pass(40);
    expect((await there())['status']).toBe('SUSPENDED');
    expect(await getSubscription(ctx, id)).toMatchObject({
      status: 'unpaid',
      dunning: { owed: { amount: 3 * PRICE } },
    });
    await payerPays(true);
    expect(await payOverdue(ctx, id)).toMatchObject({ status: 'active', dunning: null });
    expect((await there())['status']).toBe('ACTIVE');
    expect(await tenantStatus()).toBe('active');
    expect(await can(ctx, 'api_write')).toBe(true);
    const [caughtUp] = await invoices();
    expect(caughtUp?.total.amount).toBe(3 * PRICE);
    expect(caughtUp?.lines).toMatchObject(Array(3).fill({ kind: 'period' }));
    expect(caughtUp?.lines[0]?.period.start).toBe(failed);
  });

  it('charges only the periods that failed, however long nobody paid', async () => {
    const failed = (await invoices())[0]?.period_end;
    await pass(150);
    await payerPays(true);
    await payOverdue(ctx, id);
    const [caughtUp, ...more] = await invoices();
    expect(more).toHaveLength(1);
    expect(caughtUp?.lines.map(({ period }) => period.start)).toEqual([
      failed,
      caughtUp?.lines[0]?.period.end,
      caughtUp?.lines[1]?.period.end,
    ]);
    await pass(31);
    expect((await invoices())[0]?.total.amount).toBe(PRICE);
    const before = await invoices();
    expect(await convergeBilling(ctx, 'all')).toEqual({ changed: false });
    expect(await invoices()).toEqual(before);
  });

  it('goes on too when the money was taken by hand at PayPal', async () => {
    await pass(80);
    expect(await status()).toBe('unpaid');
    await payerPays(true);
    await payPal.client.post(`/v1/billing/subscriptions/${agreement}/capture`, {
      note: 'By hand',
      capture_type: 'OUTSTANDING_BALANCE',
      amount: { value: '597.00', currency_code: 'USD' },
    });
    await convergeBilling(ctx);
    expect(await status()).toBe('active');
    expect((await there())['status']).toBe('ACTIVE');
  });

  it('goes on with a payment whose process died before it went on', async () => {
    await pass(80);
    await payerPays(true);
    world.trouble({ path: `${AT}/${agreement}/activate`, when: 'before', times: 1 });
    await expect(payOverdue(ctx, id)).rejects.toMatchObject({
      code: 'payment_provider_unavailable',
    });
    await convergeBilling(ctx);
    expect(await status()).toBe('active');
    expect((await invoices())[0]?.total.amount).toBe(3 * PRICE);
  });
});
