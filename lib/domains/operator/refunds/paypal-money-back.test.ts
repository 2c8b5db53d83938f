import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { convergeBilling, getMoneyBack, listInvoices } from '@/lib/domains/billing';
import type { Ctx } from '@/lib/kernel/ctx';
import { auditActions, createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { useOperators } from '@/lib/testing/operator-world';
import { deliver, runJob, subscribeByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { type Received } from '@/sandbox/paypal/testing';
import { adminInvoiceQuery, getInvoiceFacts, listAllInvoices, requestRefund } from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const operators = useOperators(world);
const PAID = 19_900;
let ctx: Ctx;
let slug: string;
let invoice: string;
/** The payment of that invoice, as PayPal calls it. */
let capture: string;

beforeEach(async () => {
  await payPal.happen('PUT', 'seller', { refunds_by_echeck: false });
  ({ ctx, slug } = await createTenant(world));
  await subscribeByPayPal(payPal, ctx);
  invoice = (await listInvoices(ctx, { limit: 1 })).data[0]?.id ?? '';
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM invoice WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  capture = rows[0]?.provider_id ?? '';
  await payPal.told();
});

const back = () => getMoneyBack(ctx, invoice);
const left = async () => (await getInvoiceFacts(operators.finance, invoice)).left.amount;
const refund = (amount: number) =>
  requestRefund(operators.finance, invoice, {
    amount: { amount, currency: 'usd' },
    reason: 'Charged by mistake',
  });

async function hear(): Promise<Received[]> {
  const told = await payPal.told();
  for (const each of told) await deliver(ctx, each);
  return told;
}

/** What the seller does by hand on PayPal's pages. */
const byHand = (value: string) =>
  payPal.client.post(`/v2/payments/captures/${capture}/refund`, {
    amount: { value, currency_code: 'USD' },
  });

const refundThere = async () => {
  const { rows } = await world.admin.query<{ provider_id: string }>(
    'SELECT provider_id FROM refund WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  return rows[0]?.provider_id ?? '';
};

describe('a refund that comes from the seller’s bank account', () => {
  beforeEach(() => payPal.happen('PUT', 'seller', { refunds_by_echeck: true }));

  it('waits, and is done with its credit note once PayPal says so', async () => {
    expect((await refund(5_000)).status).toBe('sent');
    await convergeBilling(ctx);
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 0 },
      refunds: [{ status: 'pending', credit_note_id: null }],
    });
    await payPal.happen('PUT', `refunds/${await refundThere()}`, { status: 'COMPLETED' });
    await hear();
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 5_000 },
      refunds: [{ status: 'succeeded', credit_note_id: expect.any(String) }],
      credit_notes: [{ status: 'issued', amount: { amount: 5_000 } }],
    });
  });

  it('is found by a look when the event never came', async () => {
    await refund(5_000);
    await convergeBilling(ctx);
    const jobs = await world.admin.query(
      `SELECT 1 FROM graphile_worker._private_jobs WHERE key = $1`,
      [`look-again:paypal:${ctx.tenantId}`],
    );
    expect(jobs.rows).toHaveLength(1);
    await payPal.happen('PUT', `refunds/${await refundThere()}`, { status: 'COMPLETED' });
    await convergeBilling(ctx);
    expect((await back()).refunds).toMatchObject([{ status: 'succeeded' }]);
  });

  it('fails when the bank says no, and its money can be given back again', async () => {
    await refund(PAID);
    expect(await left()).toBe(0);
    await payPal.happen('PUT', `refunds/${await refundThere()}`, { status: 'FAILED' });
    await convergeBilling(ctx);
    expect(await back()).toMatchObject({ refunds: [{ status: 'failed' }], credit_notes: [] });
    expect(await left()).toBe(PAID);
    await payPal.happen('PUT', 'seller', { refunds_by_echeck: false });
    expect((await refund(PAID)).status).toBe('done');
  });
});

describe('a refund by hand at PayPal', () => {
  it('is taken over with a credit note once its event came, whose event names nobody', async () => {
    await byHand('50.00');
    const [told, ...more] = await hear();
    expect(more).toEqual([]);
    expect(JSON.parse(told?.body ?? '{}')).toMatchObject({
      event_type: 'PAYMENT.SALE.REFUNDED',
      resource: { sale_id: capture },
    });
    expect(told?.body).not.toContain('custom');
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 5_000 },
      refunds: [{ status: 'succeeded', reason: 'Made at the payment provider' }],
      credit_notes: [{ amount: { amount: 5_000 } }],
    });
    expect(await left()).toBe(PAID - 5_000);
    expect(await auditActions(world, ctx)).toContain('credit_note.issued');
  });

  it('ends in one state however its events come: in any order, doubled, with gaps', async () => {
    await byHand('50.00');
    await byHand('20.00');
    const told = await payPal.told();
    for (const each of told) await deliver(ctx, each);
    const before = await back();
    expect(before.amount_refunded.amount).toBe(7_000);
    const order = fc.array(fc.nat(told.length - 1), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(order, async (indexes) => {
        for (const index of indexes) await deliver(ctx, told[index] as Received);
        await convergeBilling(ctx, 'all');
        expect(await back()).toEqual(before);
      }),
      { numRuns: 6 },
    );
  });

  it('isn’t counted twice when it is ours and its answer was lost', async () => {
    world.trouble({ path: `/paypal/v2/payments/captures/${capture}`, when: 'after', times: 3 });
    const asked = await refund(5_000);
    expect(asked.status).toBe('approved');
    await hear();
    expect((await back()).refunds).toMatchObject([
      { status: 'succeeded', reason: 'Charged by mistake' },
    ]);
    const { rows } = await world.admin.query<{ id: string }>(
      'SELECT id FROM refund WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toHaveLength(1);
    await runJob(ctx, 'billing.refund', { tenantId: ctx.tenantId, refundId: rows[0]?.id });
    expect((await back()).amount_refunded.amount).toBe(5_000);
  });

  it('of somebody else’s payment changes nothing here', async () => {
    const other = (await createTenant(world)).ctx;
    await subscribeByPayPal(payPal, other);
    await payPal.told();
    await byHand('50.00');
    const [told] = await payPal.told();
    if (!told) throw new Error('a refund is told of');
    await deliver(other, told);
    expect(
      (await getMoneyBack(other, (await listInvoices(other, { limit: 1 })).data[0]?.id ?? ''))
        .refunds,
    ).toEqual([]);
    expect((await back()).refunds).toEqual([]);
    await convergeBilling(ctx);
    expect((await back()).refunds).toHaveLength(1);
  });
});

describe('a dispute at PayPal', () => {
  const open = (body: object = {}) => payPal.happen('POST', `captures/${capture}/dispute`, body);
  const move = (id: string, body: object) => payPal.happen('PUT', `disputes/${id}`, body);

  it('is shown in the console, and its money can’t be given back meanwhile', async () => {
    await open();
    await hear();
    expect((await back()).disputes).toMatchObject([
      {
        amount: { amount: PAID, currency: 'usd' },
        status: 'needs_response',
        reason: 'merchandise_or_service_not_as_described',
        respond_by: expect.any(String),
        closed_at: null,
      },
    ]);
    expect(await left()).toBe(0);
    const listed = await listAllInvoices(
      operators.finance,
      adminInvoiceQuery.parse({ search: slug, money_back: 'disputed' }),
    );
    expect(listed.data.map(({ id }) => id)).toEqual([invoice]);
    await expect(refund(100)).rejects.toMatchObject({ code: 'nothing_to_refund' });
    expect(await auditActions(world, ctx)).toContain('dispute.opened');
  });

  it.each([
    ['RESOLVED_SELLER_FAVOUR', 'won', PAID],
    ['RESOLVED_WITH_PAYOUT', 'won', PAID],
    ['RESOLVED_BUYER_FAVOUR', 'lost', 0],
    ['ACCEPTED', 'lost', 0],
    ['NONE', 'closed', PAID],
  ])('that ends with %s is %s', async (outcome, status, rest) => {
    const { id } = await open();
    await hear();
    await move(id, { status: 'UNDER_REVIEW' });
    await hear();
    expect((await back()).disputes).toMatchObject([{ status: 'under_review', respond_by: null }]);
    await move(id, { status: 'RESOLVED', outcome });
    await hear();
    expect((await back()).disputes).toMatchObject([{ status, closed_at: expect.any(String) }]);
    expect(await left()).toBe(rest);
  });

  it('in its inquiry takes nothing yet, and closes when the payer was content', async () => {
    const { id } = await open({ stage: 'INQUIRY', amount: 9_900 });
    await hear();
    expect((await back()).disputes).toMatchObject([
      { status: 'inquiry', amount: { amount: 9_900 } },
    ]);
    expect(await left()).toBe(PAID);
    await move(id, { status: 'RESOLVED', outcome: 'CANCELED_BY_BUYER' });
    await hear();
    expect((await back()).disputes).toMatchObject([{ status: 'closed' }]);
  });

  it('is found by the daily comparison when its event never came', async () => {
    await open();
    await convergeBilling(ctx);
    expect((await back()).disputes).toEqual([]);
    await convergeBilling(ctx, 'all');
    expect((await back()).disputes).toMatchObject([{ status: 'needs_response' }]);
  });

  it('stops nothing else where the app may not read disputes', async () => {
    const answer = {
      status: 403,
      body: JSON.stringify({ name: 'NOT_AUTHORIZED', message: 'Authorization failed.' }),
    };
    await open();
    await byHand('10.00');
    world.trouble({ path: '/paypal/v1/customer/disputes', when: 'before', times: 3, answer });
    await hear();
    expect(await back()).toMatchObject({ refunds: [{ status: 'succeeded' }], disputes: [] });
    await convergeBilling(ctx, 'all');
    expect((await back()).disputes).toHaveLength(1);
  });
});
