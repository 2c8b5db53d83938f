import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, type Tx, withTenant } from '@/lib/infra/db';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { issueAsTest } from '@/lib/testing/invoice-world';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

const newCtx = (): Ctx => ({
  tenantId: newId(),
  actor: { kind: 'job', name: 'test' },
  requestId: 'req_test_invoice',
  clock: systemClock,
  ip: null,
  userAgent: null,
});

/** Issues one in the given year, whose series nobody else uses. */
const issue = (tx: Tx, ctx: Ctx, year = 2031) =>
  issueAsTest(tx, ctx, { issuedAt: new Date(Date.UTC(year, 0, 1)) });

describe('numbers of invoices', () => {
  it('have no gap and no double over many tenants at once, whatever fails on the way', async () => {
    const failed = new Error('fails after the number was taken');
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => {
        const ctx = newCtx();
        return withTenant(ctx, async (tx) => {
          const row = await issue(tx, ctx);
          if (index % 3 === 0) throw failed;
          return row.number;
        });
      }),
    );
    const kept = answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(kept).toHaveLength(20);
    expect(answers.filter((each) => each.status === 'rejected' && each.reason !== failed)).toEqual(
      [],
    );
    const wanted = Array.from(
      { length: 20 },
      (_, index) => `NZ-2031-${String(index + 1).padStart(6, '0')}`,
    );
    expect(new Set(kept)).toEqual(new Set(wanted));
  });

  it('begin anew each year, and go on past six digits', async () => {
    const ctx = newCtx();
    await admin.query(`INSERT INTO document_counter VALUES ('NZ-2033', 999999)`);
    const numbers = await withTenant(ctx, async (tx) => [
      (await issue(tx, ctx, 2032)).number,
      (await issue(tx, ctx, 2033)).number,
    ]);
    expect(numbers).toEqual(['NZ-2032-000001', 'NZ-2033-1000000']);
  });

  it('make nobody wait who writes a draft while another invoice is being issued', async () => {
    const [issuing, drafting] = [newCtx(), newCtx()];
    await withTenant(issuing, async (tx) => {
      await issue(tx, issuing, 2034);
      // Would wait for the transaction around it, and so for ever, if drafts took the number's lock.
      await admin.query(
        `INSERT INTO invoice (tenant_id, id, status, currency, subtotal, tax, total, amount_paid, amount_due,
           created_at, updated_at)
         VALUES ($1, gen_random_uuid(), 'draft', 'usd', 1, 0, 1, 0, 1, now(), now())`,
        [drafting.tenantId],
      );
    });
    const { rows } = await admin.query('SELECT status, number FROM invoice WHERE tenant_id = $1', [
      drafting.tenantId,
    ]);
    expect(rows).toEqual([{ status: 'draft', number: null }]);
  });
});

describe('a final invoice', () => {
  let ctx: Ctx;
  let id: string;
  let app: pg.Client;

  beforeAll(async () => {
    app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
  });
  afterAll(() => app.end());
  beforeEach(async () => {
    ctx = newCtx();
    id = (await withTenant(ctx, (tx) => issue(tx, ctx))).id;
    await app.query(`SELECT set_config('app.tenant_id', $1, false)`, [ctx.tenantId]);
  });

  const attacks: [string, string, RegExp][] = [
    ['its total', 'UPDATE invoice SET total = 1 WHERE id = $1', /is final/],
    ['its number', `UPDATE invoice SET number = 'NZ-1' WHERE id = $1`, /is final/],
    ['its number to none', 'UPDATE invoice SET number = NULL WHERE id = $1', /is final/],
    ['its date', 'UPDATE invoice SET issued_at = now() WHERE id = $1', /is final/],
    ['its currency', `UPDATE invoice SET currency = 'eur' WHERE id = $1`, /is final/],
    ['its tax, with payment', 'UPDATE invoice SET tax = 5, amount_paid = 5 WHERE id = $1', /final/],
    ['its id', 'UPDATE invoice SET id = gen_random_uuid() WHERE id = $1', /is final/],
    ['it back to a draft', `UPDATE invoice SET status = 'draft' WHERE id = $1`, /is final/],
    ['it away', 'DELETE FROM invoice WHERE id = $1', /can't be removed/],
    ['a line away', 'DELETE FROM invoice_line WHERE invoice_id = $1', /lines can't change/],
    [
      'a line more',
      `INSERT INTO invoice_line (tenant_id, invoice_id, position, kind, description, amount, period_start, period_end)
       SELECT tenant_id, id, 9, 'other', 'More', 1, now(), now() FROM invoice WHERE id = $1`,
      /lines can't change/,
    ],
  ];

  const asIs = async () => [
    (await admin.query('SELECT * FROM invoice WHERE id = $1', [id])).rows,
    (await admin.query('SELECT * FROM invoice_line WHERE invoice_id = $1', [id])).rows,
  ];

  it.each(attacks)('lets nobody change %s, the superuser neither', async (_, sql, message) => {
    const before = await asIs();
    await expect(app.query(sql, [id])).rejects.toThrow(message);
    await expect(admin.query(sql, [id])).rejects.toThrow(message);
    expect(await asIs()).toEqual(before);
  });

  it('has lines that are written once, even for the superuser', async () => {
    const sql = 'UPDATE invoice_line SET amount = 1 WHERE invoice_id = $1';
    await expect(app.query(sql, [id])).rejects.toThrow(/permission denied/);
    await expect(admin.query(sql, [id])).rejects.toThrow(/written once/);
  });

  it('begins as a draft, and takes no number from outside', async () => {
    const insert = `INSERT INTO invoice (tenant_id, id, status, number, currency, subtotal, tax, total, amount_paid,
        amount_due, created_at, updated_at, issued_at)
      VALUES ($1, gen_random_uuid(), $2, $3, 'usd', 1, 0, 1, 0, 1, now(), now(), now())`;
    for (const [status, number] of [
      ['open', 'NZ-2031-999999'],
      ['open', null],
      ['draft', 'NZ-2031-999999'],
    ]) {
      await expect(app.query(insert, [ctx.tenantId, status, number])).rejects.toThrow(/draft/);
    }
    await app.query(insert, [ctx.tenantId, 'draft', null]);
    const give = `UPDATE invoice SET status = 'open', number = 'NZ-1' WHERE status = 'draft'`;
    await expect(app.query(give)).rejects.toThrow(/given, not written/);
    const removed = await app.query(`DELETE FROM invoice WHERE status = 'draft'`);
    expect(removed.rowCount).toBe(1);
  });

  it('has a counter that requests neither read nor move', async () => {
    for (const sql of [
      'SELECT * FROM document_counter',
      'UPDATE document_counter SET last = 0',
      'SELECT door.keep_invoice()',
    ]) {
      await expect(app.query(sql)).rejects.toThrow(/permission denied/);
    }
  });

  it('follows its payment', async () => {
    await app.query(
      `UPDATE invoice SET status = 'paid', amount_paid = 19900, paid_at = now(), updated_at = now() WHERE id = $1`,
      [id],
    );
    expect((await asIs())[0]).toMatchObject([{ status: 'paid', amount_paid: '19900' }]);
  });

  it("isn't there for another tenant", async () => {
    await app.query(`SELECT set_config('app.tenant_id', $1, false)`, [newId()]);
    const line = await app.query('SELECT * FROM invoice_line WHERE invoice_id = $1', [id]);
    const paid = await app.query(`UPDATE invoice SET status = 'paid' WHERE id = $1`, [id]);
    expect([line.rowCount, paid.rowCount]).toEqual([0, 0]);
  });
});
