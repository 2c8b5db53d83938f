import { describe, expect, it, vi } from 'vitest';
import { convergeBilling, getMoneyBack, listInvoices } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  providerTime,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useOperators } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { adminInvoiceQuery, getInvoiceFacts, listAllInvoices, requestRefund } from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const PAID = 19_900;
const DISPUTED = '4000 0000 0000 0259';
const INQUIRED = '4000 0000 0000 1976';
const PENDS = '4000 0000 0000 7726';
const FAILS = '4000 0000 0000 5126';
const operators = useOperators(world);
let ctx: Ctx;
let slug: string;
let invoice: string;

async function paidBy(card: string): Promise<void> {
  ({ ctx, slug } = await createTenant(world, { ageDays: 40 }));
  await subscribe(ctx, { card });
  await convergeBilling(ctx);
  invoice = (await listInvoices(ctx, { limit: 1 })).data[0]?.id ?? '';
}

const back = () => getMoneyBack(ctx, invoice);
const left = async () => (await getInvoiceFacts(operators.finance, invoice)).left.amount;
const refund = (amount?: number) =>
  requestRefund(operators.finance, invoice, {
    ...(amount === undefined ? {} : { amount: { amount, currency: 'usd' } }),
    reason: 'Charged by mistake',
  });
/** The dispute there, which nobody else has opened meanwhile. */
const there = async () => (await stripe().disputes.list({ limit: 1 })).data[0]?.id ?? '';
const evidence = async (text: string) => {
  await stripe().disputes.update(await there(), { evidence: { uncategorized_text: text } });
  await convergeBilling(ctx);
};

describe('a disputed payment', () => {
  it('is shown with its invoice, and its money can’t be given back meanwhile', async () => {
    await paidBy(DISPUTED);
    expect((await back()).disputes).toMatchObject([
      {
        amount: { amount: PAID, currency: 'usd' },
        status: 'needs_response',
        reason: 'fraudulent',
        respond_by: expect.any(String),
        closed_at: null,
      },
    ]);
    expect(await left()).toBe(0);
    await expect(refund()).rejects.toMatchObject({ code: 'nothing_to_refund' });
    const { data } = await listAllInvoices(
      operators.finance,
      adminInvoiceQuery.parse({ search: slug, money_back: 'disputed' }),
    );
    expect(data).toMatchObject([{ id: invoice, dispute: 'needs_response' }]);
    expect(await convergeBilling(ctx)).toEqual({ changed: false });
    const acts = await auditActions(world, ctx);
    expect(acts.filter((act) => act.startsWith('dispute'))).toEqual(['dispute.opened']);
  });

  it('that is lost is money gone', async () => {
    await paidBy(DISPUTED);
    await evidence('losing_evidence');
    expect((await back()).disputes).toMatchObject([
      { status: 'lost', closed_at: expect.any(String) },
    ]);
    expect(await left()).toBe(0);
    await expect(refund(1)).rejects.toMatchObject({ code: 'nothing_to_refund' });
  });

  it('that is won can be refunded as any other', async () => {
    await paidBy(DISPUTED);
    await evidence('winning_evidence');
    expect(await left()).toBe(PAID);
    expect(await refund()).toMatchObject({ status: 'done' });
    expect((await auditActions(world, ctx)).filter((act) => act.startsWith('dispute'))).toEqual([
      'dispute.opened',
      'dispute.closed',
    ]);
  });

  it('of which the bank only asks is refunded, which ends it', async () => {
    await paidBy(INQUIRED);
    expect((await back()).disputes).toMatchObject([{ status: 'inquiry' }]);
    expect(await refund(500)).toMatchObject({ status: 'done' });
    await stripe().disputes.close(await there());
    await convergeBilling(ctx);
    expect((await back()).disputes).toMatchObject([{ status: 'closed' }]);
    expect(await left()).toBe(PAID - 500);
  });
});

describe('a refund that the bank takes its time with', () => {
  it('is on its way until it arrives, and documented then', async () => {
    await paidBy(PENDS);
    expect(await refund(500)).toMatchObject({ status: 'sent', credit_note: null });
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 0 },
      refunds: [{ status: 'pending' }],
      credit_notes: [],
    });
    expect(await left()).toBe(PAID - 500);
    await providerTime(world, 1);
    await convergeBilling(ctx);
    await convergeBilling(ctx, 'all');
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 500 },
      refunds: [{ status: 'succeeded' }],
      credit_notes: [{ amount: { amount: 500 }, status: 'issued' }],
    });
  });

  it('that comes back leaves its credit note void and its money to be given', async () => {
    await paidBy(FAILS);
    expect(await refund()).toMatchObject({ status: 'done' });
    await providerTime(world, 2);
    await convergeBilling(ctx);
    expect(await back()).toMatchObject({
      amount_refunded: { amount: 0 },
      refunds: [{ status: 'failed' }],
      credit_notes: [{ amount: { amount: PAID }, status: 'void' }],
    });
    expect(await left()).toBe(PAID);
    const { refunds } = await getInvoiceFacts(operators.finance, invoice);
    expect(refunds).toMatchObject([
      { status: 'failed', failure: 'The card has expired or was cancelled.' },
    ]);
    // The share of each line is worked out as if it had never been.
    await refund(100);
    const [note] = (await back()).credit_notes;
    expect(note?.lines.map(({ amount }) => amount.amount)).toEqual([100]);
  });
});
