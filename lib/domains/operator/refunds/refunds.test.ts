import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  convergeBilling,
  getCreditNotePdf,
  getMoneyBack,
  listInvoices,
  trySendRefund,
} from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import {
  auditActions,
  createTenant,
  type NewTenant,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { makeOperator, signedInOperator } from '@/lib/testing/operator-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  adminRefundQuery,
  approveRefund,
  getInvoiceFacts,
  listAllInvoices,
  listRefunds,
  refuseRefund,
  requestRefund,
  adminInvoiceQuery,
} from '..';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
/** As often as the client tries one call. */
const TRIES = 3;
/** What Professional costs a month: less than needs a second operator. */
const PAID = 19_900;

let calls = 0;
const operators = {} as Record<OperatorRole | 'colleague', OperatorCtx>;
let tenant: NewTenant;
let ctx: Ctx;
let invoice: { id: string; number: string };

async function operator(role: OperatorRole, email: string): Promise<OperatorCtx> {
  await makeOperator(world.admin, role, email);
  const info = {
    requestId: 'req_refund',
    clock: systemClock,
    ip: `10.1.1.${++calls}`,
    userAgent: null,
  };
  return (await signedInOperator(info, email)).ctx;
}

beforeAll(async () => {
  for (const role of ['support', 'finance', 'admin'] as const) {
    operators[role] = await operator(role, `${role}@operators.example`);
  }
  operators.colleague = await operator('finance', 'colleague@operators.example');
});

async function paid(of: Parameters<typeof subscribe>[1] = {}): Promise<void> {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  await subscribe(ctx, of);
  const { data } = await listInvoices(ctx, { limit: 1 });
  if (!data[0]) throw new Error('a paid subscription has an invoice');
  invoice = data[0];
}
beforeEach(() => paid());

const dollars = (amount: number) => ({ amount, currency: 'usd' });
const because = 'Charged by mistake';
const give = (amount?: number, who: OperatorCtx = operators.finance) =>
  requestRefund(who, invoice.id, {
    ...(amount === undefined ? {} : { amount: dollars(amount) }),
    reason: because,
  });

/** The refunds that the provider made of this tenant's payments. */
async function atStripe() {
  const { rows } = await world.admin.query(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  const charges = await stripe().charges.list({ customer: rows[0].customer_id, limit: 100 });
  const lists = charges.data.map(({ id }) => stripe().refunds.list({ charge: id, limit: 100 }));
  return (await Promise.all(lists)).flatMap(({ data }) => data);
}
const statuses = async () =>
  (
    await world.admin.query('SELECT status FROM refund WHERE tenant_id = $1 ORDER BY id', [
      ctx.tenantId,
    ])
  ).rows.map(({ status }) => status);
const notes = async () =>
  (await getMoneyBack(ctx, invoice.id)).credit_notes.map(({ amount }) => amount.amount);
const refundJobs = async () =>
  (
    await world.admin.query(
      `SELECT run_at > now() AS later FROM graphile_worker._private_jobs WHERE payload ->> 'tenantId' = $1
         AND task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'billing.refund')`,
      [ctx.tenantId],
    )
  ).rows;

describe('a refund below the amount that needs a second operator', () => {
  it('gives all back at once, with a credit note, a mail and both logs', async () => {
    const refund = await give();
    expect(refund).toMatchObject({
      status: 'done',
      amount: dollars(PAID),
      invoice: { number: invoice.number },
      requested_by: { email: 'finance@operators.example' },
      decided_by: { email: 'finance@operators.example' },
      provider_id: expect.stringMatching(/^re_/),
      credit_note: expect.stringMatching(/^NZC-\d{4}-\d{6}$/),
    });
    const back = await getMoneyBack(ctx, invoice.id);
    expect(back).toMatchObject({
      amount_refunded: dollars(PAID),
      refunds: [{ status: 'succeeded', amount: dollars(PAID), reason: because }],
      credit_notes: [{ number: refund.credit_note, amount: dollars(PAID), status: 'issued' }],
    });
    expect((await atStripe()).map(({ amount, metadata }) => [amount, metadata?.refund_id])).toEqual(
      [[PAID, expect.any(String)]],
    );
    const acts = await auditActions(world, ctx);
    expect(acts.filter((act) => /refund|credit/.test(act))).toEqual([
      'refund.requested',
      'credit_note.issued',
      'refund.done',
    ]);
    const { rows } = await world.admin.query(
      `SELECT action, reason, operator_id FROM platform_audit_event WHERE about_tenant_id = $1`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([
      {
        action: 'refund.requested',
        reason: because,
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
    expect(await notes()).toEqual([10_000, 4_900, 5_000]);
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
    const made = await atStripe();
    expect(made.map(({ amount }) => amount)).toEqual(Array.from({ length: 6 }, () => 3_000));
    expect(await notes()).toHaveLength(6);
  });

  it('is refused to those who only look, in another currency, of no invoice and of an unpaid one', async () => {
    await expect(give(100, operators.support)).rejects.toMatchObject({ code: 'forbidden' });
    const euros = requestRefund(operators.finance, invoice.id, {
      amount: { amount: 100, currency: 'eur' },
      reason: because,
    });
    await expect(euros).rejects.toMatchObject({ code: 'currency_mismatch' });
    for (const id of ['inv_nothing', publicId('invoice', ctx.tenantId)]) {
      const nowhere = requestRefund(operators.finance, id, { reason: because });
      await expect(nowhere).rejects.toMatchObject({ kind: 'not_found' });
    }
    expect(await statuses()).toEqual([]);
  });
});

describe('when the provider stumbles', () => {
  it.each(['before', 'after'] as const)(
    'is asked again by the job, and pays back once: cut off %s it did it',
    async (when) => {
      world.trouble({ path: '/v1/refunds', when, times: TRIES, writes: true });
      expect(await give(5_000)).toMatchObject({ status: 'approved', provider_id: null });
      expect(await refundJobs()).toEqual([{ later: true }]);
      expect(await atStripe()).toHaveLength(when === 'before' ? 0 : 1);
      const { rows } = await world.admin.query('SELECT id FROM refund WHERE tenant_id = $1', [
        ctx.tenantId,
      ]);
      const asJob: Ctx = { ...ctx, actor: { kind: 'job', name: 'billing.refund' } };
      await Promise.all([trySendRefund(asJob, rows[0].id), trySendRefund(asJob, rows[0].id)]);
      await trySendRefund(asJob, rows[0].id);
      expect(await statuses()).toEqual(['done']);
      expect(await atStripe()).toHaveLength(1);
      expect(await notes()).toEqual([5_000]);
    },
  );

  it('pays back once when it answers 500 after having done it', async () => {
    await fetch(`${world.sandbox.url}/_sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fail_after: TRIES, path: '/v1/refunds', method: 'POST' }),
    });
    expect(await give(5_000)).toMatchObject({ status: 'approved' });
    const { rows } = await world.admin.query('SELECT id FROM refund WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    await trySendRefund(ctx, rows[0].id);
    expect(await statuses()).toEqual(['done']);
    expect(await atStripe()).toHaveLength(1);
    expect(await notes()).toEqual([5_000]);
  });

  it('takes over from a pull what was done with its answer lost, and the job adds nothing', async () => {
    world.trouble({ path: '/v1/refunds', when: 'after', times: TRIES, writes: true });
    await give(5_000);
    await convergeBilling(ctx);
    expect(await statuses()).toEqual(['done']);
    const { rows } = await world.admin.query('SELECT id FROM refund WHERE tenant_id = $1', [
      ctx.tenantId,
    ]);
    await trySendRefund(ctx, rows[0].id);
    expect(await atStripe()).toHaveLength(1);
    expect(await notes()).toEqual([5_000]);
  });

  it('says so when it refuses, and leaves the money to be asked for again', async () => {
    const [intent] = (await stripe().paymentIntents.list({ limit: 1 })).data;
    await stripe().refunds.create({ payment_intent: intent?.id ?? '', amount: 19_000 });
    expect(await give(1_000)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('has that much left'),
      credit_note: null,
    });
    expect((await getMoneyBack(ctx, invoice.id)).refunds).toEqual([]);
    await convergeBilling(ctx);
    expect(await give()).toMatchObject({ status: 'done', amount: dollars(900) });
    expect(await notes()).toEqual([900, 19_000]);
  });

  it('takes over what was given back there by hand, once however often it is read', async () => {
    const [intent] = (await stripe().paymentIntents.list({ limit: 1 })).data;
    await stripe().refunds.create({ payment_intent: intent?.id ?? '', amount: 700 });
    await convergeBilling(ctx);
    await convergeBilling(ctx, 'all');
    const { data } = await listRefunds(operators.support, adminRefundQuery.parse({ limit: 1 }));
    expect(data[0]).toMatchObject({ status: 'done', requested_by: null, amount: dollars(700) });
    expect(await statuses()).toEqual(['done']);
    expect(await notes()).toEqual([700]);
  });
});

describe('a large refund', () => {
  beforeEach(() => paid({ plan: 'enterprise' }));
  /** Of Enterprise's month, from the default of 500.00 on. */
  const LARGE = 50_000;

  it('waits for a second operator, who isn’t the one who asked', async () => {
    const refund = await give(LARGE);
    expect(refund).toMatchObject({ status: 'requested', decided_by: null });
    expect(await atStripe()).toEqual([]);
    expect((await getMoneyBack(ctx, invoice.id)).refunds).toEqual([]);
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
    expect(await atStripe()).toHaveLength(1);
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
      await paid({ plan: 'enterprise' });
    }
  });
});

describe('the console’s page of an invoice', () => {
  it('tells what is left and what one operator may let go, and both logs see the look', async () => {
    await give(5_000);
    const facts = await getInvoiceFacts(operators.support, invoice.id);
    expect(facts).toMatchObject({
      left: dollars(PAID - 5_000),
      secondFrom: dollars(45_000),
      invoice: { number: invoice.number, amount_refunded: dollars(5_000) },
      refunds: [{ amount: dollars(5_000), status: 'done' }],
    });
    expect((await auditActions(world, ctx)).at(-1)).toBe('invoice.viewed');
    await expect(getInvoiceFacts(operators.support, 'inv_nothing')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('a credit note on paper', () => {
  it('comes on A4 and Letter to its own organisation alone', async () => {
    await give(5_000);
    const [note] = (await getMoneyBack(ctx, invoice.id)).credit_notes;
    const id = note?.id ?? '';
    const a4 = await getCreditNotePdf(ctx, id, 'a4');
    expect(a4.fileName).toBe(`credit-note-${note?.number}.pdf`);
    const text = async (size: 'a4' | 'letter') =>
      Buffer.from(await (await getCreditNotePdf(ctx, id, size)).print()).toString('latin1');
    expect(await text('a4')).toContain('/MediaBox [0 0 595.28 841.89]');
    expect(await text('letter')).toContain('/MediaBox [0 0 612 792]');
    const stranger = (await createTenant(world)).ctx;
    await expect(getCreditNotePdf(stranger, id, 'a4')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(getMoneyBack(stranger, invoice.id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('lists of the console', () => {
  it('find invoices and refunds over tenants, and write that down', async () => {
    await give(300);
    const find = async (query: Record<string, unknown>) =>
      (await listAllInvoices(operators.support, adminInvoiceQuery.parse(query))).data;
    const [found] = await find({ search: invoice.number });
    expect(found).toMatchObject({
      id: invoice.id,
      status: 'paid',
      amount_refunded: dollars(300),
      dispute: null,
    });
    expect(await find({ search: tenant.slug, money_back: 'refunded' })).toHaveLength(1);
    expect(await find({ search: tenant.slug, money_back: 'disputed' })).toEqual([]);
    expect(await find({ search: tenant.slug, status: 'open' })).toEqual([]);
    const listed = await listRefunds(
      operators.support,
      adminRefundQuery.parse({ search: tenant.slug, status: 'done' }),
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
    const own = [ctx.tenantId];
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
