import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getCreditNotePdf, getMoneyBack } from '@/lib/domains/billing';
import { publicId } from '@/lib/kernel/ids';
import { auditActions, createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { BECAUSE, dollars, PAID, RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  adminInvoiceQuery,
  adminRefundQuery,
  approveRefund,
  getInvoiceFacts,
  listAllInvoices,
  listRefunds,
  refuseRefund,
  requestRefund,
} from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);
const { operators } = money;
const give = money.give.bind(money);
beforeEach(() => money.pay());

describe('a refund below the amount that needs a second operator', () => {
  it('gives all back at once, with a credit note, a mail and both logs', async () => {
    const refund = await give();
    expect(refund).toMatchObject({
      status: 'done',
      amount: dollars(PAID),
      invoice: { number: money.invoice.number },
      requested_by: { email: 'finance@operators.example' },
      decided_by: { email: 'finance@operators.example' },
      provider_id: expect.stringMatching(/^re_/),
      credit_note: expect.stringMatching(/^NZC-\d{4}-\d{6}$/),
    });
    const back = await getMoneyBack(money.ctx, money.invoice.id);
    expect(back).toMatchObject({
      amount_refunded: dollars(PAID),
      refunds: [{ status: 'succeeded', amount: dollars(PAID), reason: BECAUSE }],
      credit_notes: [{ number: refund.credit_note, amount: dollars(PAID), status: 'issued' }],
    });
    expect(
      (await money.atStripe()).map(({ amount, metadata }) => [amount, metadata?.refund_id]),
    ).toEqual([[PAID, expect.any(String)]]);
    expect(await money.mails()).toMatchObject([
      {
        to: `${money.tenant.slug}@example.com`,
        amount: '$199.00',
        invoice: money.invoice.number,
        creditNote: refund.credit_note,
      },
    ]);
    const acts = await auditActions(world, money.ctx);
    expect(acts.filter((act) => /refund|credit/.test(act))).toEqual([
      'refund.requested',
      'credit_note.issued',
      'refund.done',
    ]);
    const { rows } = await world.admin.query(
      `SELECT action, reason, operator_id FROM platform_audit_event WHERE about_tenant_id = $1`,
      [money.ctx.tenantId],
    );
    expect(rows).toEqual([
      {
        action: 'refund.requested',
        reason: BECAUSE,
        operator_id: operators.finance.actor.operatorId,
      },
    ]);
  });

  it('gives parts back until nothing is left, with numbers without gaps', async () => {
    await give(5_000);
    await give(4_900);
    await expect(give(10_001)).rejects.toMatchObject({ code: 'refund_too_large' });
    await give();
    await expect(give()).rejects.toMatchObject({ code: 'nothing_to_refund' });
    await expect(give(1)).rejects.toMatchObject({ code: 'nothing_to_refund' });
    expect(await money.notes()).toEqual([10_000, 4_900, 5_000]);
    const { rows } = await world.admin.query('SELECT number FROM credit_note ORDER BY number');
    expect(rows.map(({ number }) => Number(number.split('-')[2]))).toEqual(
      rows.map((_, index) => index + 1),
    );
  });

  it('never gives more than was paid, of twenty at the same time', async () => {
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => give(3_000)));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(all.length - refused.length).toBe(6);
    expect(new Set(refused)).toEqual(new Set(['refund_too_large']));
    const made = await money.atStripe();
    expect(made.map(({ amount }) => amount)).toEqual(Array.from({ length: 6 }, () => 3_000));
    expect(await money.notes()).toHaveLength(6);
  });

  it('is refused to those who only look, in another currency, of no invoice and of an unpaid one', async () => {
    await expect(give(100, operators.support)).rejects.toMatchObject({ code: 'forbidden' });
    const euros = requestRefund(operators.finance, money.invoice.id, {
      amount: { amount: 100, currency: 'eur' },
      reason: BECAUSE,
    });
    await expect(euros).rejects.toMatchObject({ code: 'currency_mismatch' });
    for (const id of ['inv_nothing', publicId('invoice', money.ctx.tenantId)]) {
      const nowhere = requestRefund(operators.finance, id, { reason: BECAUSE });
      await expect(nowhere).rejects.toMatchObject({ kind: 'not_found' });
    }
    expect(await money.statuses()).toEqual([]);
  });
});

describe('a large refund', () => {
  beforeEach(() => money.pay({ plan: 'enterprise' }));
  /** Of Enterprise's month, from the default of 500.00 on. */
  const LARGE = 50_000;

  it('waits for a second operator, who isn’t the one who asked', async () => {
    const refund = await give(LARGE);
    expect(refund).toMatchObject({ status: 'requested', decided_by: null });
    expect(await money.atStripe()).toEqual([]);
    expect((await getMoneyBack(money.ctx, money.invoice.id)).refunds).toEqual([]);
    await expect(approveRefund(operators.finance, refund.id)).rejects.toMatchObject({
      code: 'second_operator_needed',
    });
    await expect(approveRefund(operators.support, refund.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await approveRefund(operators.admin, refund.id)).toMatchObject({
      status: 'done',
      requested_by: { email: 'finance@operators.example' },
      decided_by: { email: 'admin@operators.example' },
    });
    expect(await money.atStripe()).toHaveLength(1);
  });

  it('can’t be cut into small ones', async () => {
    expect(await give(LARGE - 1)).toMatchObject({ status: 'done' });
    expect(await give(1)).toMatchObject({ status: 'requested' });
  });

  it('holds its money while it waits, and lets it go when it is refused', async () => {
    const refund = await give();
    await expect(give(1)).rejects.toMatchObject({ code: 'nothing_to_refund' });
    const refused = await refuseRefund(operators.colleague, refund.id, 'Not owed to them');
    expect(refused).toMatchObject({ status: 'refused', refusal: 'Not owed to them' });
    expect(await give(100)).toMatchObject({ status: 'done' });
  });

  it('is decided by one of two operators, whatever each wants', async () => {
    for (const second of ['approve', 'refuse'] as const) {
      const refund = await give(LARGE);
      const outcomes = await Promise.allSettled([
        approveRefund(operators.admin, refund.id),
        second === 'approve'
          ? approveRefund(operators.colleague, refund.id)
          : refuseRefund(operators.colleague, refund.id, 'Not owed to them'),
      ]);
      const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(lost).toMatchObject([{ code: 'refund_decided', kind: 'conflict' }]);
      await expect(approveRefund(operators.admin, refund.id)).rejects.toMatchObject({
        code: 'refund_decided',
      });
      await money.pay({ plan: 'enterprise' });
    }
  });
});

describe('a sandbox tenant', () => {
  it('is paid back in its own time, and the operator’s log stays in ours', async () => {
    const at = '2026-02-03T04:05:06.000Z';
    await world.admin.query(
      `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
       VALUES ($1, 'stripe', 'clock_1', $2, now(), now())`,
      [money.ctx.tenantId, at],
    );
    const begun = new Date();
    expect(await give(500)).toMatchObject({ requested_at: at, settled_at: at });
    const [note] = (await getMoneyBack(money.ctx, money.invoice.id)).credit_notes;
    expect(note?.issued_at).toBe(at);
    const { rows } = await world.admin.query(
      'SELECT at FROM platform_audit_event ORDER BY id DESC LIMIT 1',
    );
    expect(rows[0].at.getTime()).toBeGreaterThanOrEqual(begun.getTime());
  });
});

describe('the console’s page of an invoice', () => {
  it('tells what is left and what one operator may let go, and both logs see the look', async () => {
    await give(5_000);
    const facts = await getInvoiceFacts(operators.support, money.invoice.id);
    expect(facts).toMatchObject({
      left: dollars(PAID - 5_000),
      secondFrom: dollars(45_000),
      invoice: { number: money.invoice.number, amount_refunded: dollars(5_000) },
      refunds: [{ amount: dollars(5_000), status: 'done' }],
    });
    expect((await auditActions(world, money.ctx)).at(-1)).toBe('invoice.viewed');
    await expect(getInvoiceFacts(operators.support, 'inv_nothing')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('a credit note on paper', () => {
  it('comes on A4 and Letter to its own organisation alone', async () => {
    await give(5_000);
    const [note] = (await getMoneyBack(money.ctx, money.invoice.id)).credit_notes;
    const id = note?.id ?? '';
    const a4 = await getCreditNotePdf(money.ctx, id, 'a4');
    expect(a4.fileName).toBe(`credit-note-${note?.number}.pdf`);
    const text = async (size: 'a4' | 'letter') =>
      Buffer.from(await (await getCreditNotePdf(money.ctx, id, size)).print()).toString('latin1');
    expect(await text('a4')).toContain('/MediaBox [0 0 595.28 841.89]');
    expect(await text('letter')).toContain('/MediaBox [0 0 612 792]');
    const stranger = (await createTenant(world)).ctx;
    await expect(getCreditNotePdf(stranger, id, 'a4')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(getMoneyBack(stranger, money.invoice.id)).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('lists of the console', () => {
  it('find invoices and refunds over tenants, and write that down', async () => {
    await give(300);
    const find = async (query: Record<string, unknown>) =>
      (await listAllInvoices(operators.support, adminInvoiceQuery.parse(query))).data;
    const [found] = await find({ search: money.invoice.number });
    expect(found).toMatchObject({
      id: money.invoice.id,
      status: 'paid',
      amount_refunded: dollars(300),
      dispute: null,
    });
    expect(await find({ search: money.tenant.slug, money_back: 'refunded' })).toHaveLength(1);
    expect(await find({ search: money.tenant.slug, money_back: 'disputed' })).toEqual([]);
    expect(await find({ search: money.tenant.slug, status: 'open' })).toEqual([]);
    const listed = await listRefunds(
      operators.support,
      adminRefundQuery.parse({ search: money.tenant.slug, status: 'done' }),
    );
    expect(listed.data).toMatchObject([{ amount: dollars(300) }]);
    const { rows } = await world.admin.query(
      'SELECT action FROM platform_audit_event ORDER BY id DESC LIMIT 1',
    );
    expect(rows).toEqual([{ action: 'refunds.listed' }]);
  });
});

describe('the database', () => {
  it('keeps refunds and credit notes as they are', async () => {
    await give(500);
    const own = [money.ctx.tenantId];
    const changes = [
      'UPDATE refund SET amount = 1 WHERE tenant_id = $1',
      `UPDATE refund SET status = 'approved', settled_at = NULL WHERE tenant_id = $1`,
      'DELETE FROM refund WHERE tenant_id = $1',
      'UPDATE credit_note SET amount = 1 WHERE tenant_id = $1',
      `UPDATE credit_note SET number = 'NZC-2026-000999' WHERE tenant_id = $1`,
      'DELETE FROM credit_note WHERE tenant_id = $1',
    ];
    for (const change of changes) {
      await expect(world.admin.query(change, own)).rejects.toThrow(/doesn’t|doesn't|final|kept/);
    }
  });
});
