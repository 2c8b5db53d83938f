import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import type { TestDatabase } from './test-database';

/** A customer that is there by its rows alone: its tenant, and a subscription for its history. */
export type Customer = { tenantId: string; subscriptionId: string };

export type ToldEvent = {
  at: string;
  /** Minor units a month from then on. */
  worth: number;
  currency: string;
  status?: string;
  statusBefore?: string | null;
  subscriptionId?: string;
};

export type SoldLine = { amount: number; discount?: number; from: string; to: string };
export type Sold = {
  issued: string;
  currency: string;
  lines: readonly SoldLine[];
  tax?: number;
  paid?: string;
};

/** Writes what billing would have written, past billing, so that a test can tell any history in any order. */
export class RevenueWorld {
  readonly admin: pg.Client;

  constructor(adminUrl: string) {
    this.admin = new pg.Client({ connectionString: adminUrl });
  }

  async customer(name = 'Acme'): Promise<Customer> {
    const tenantId = newId();
    const slug = `t-${tenantId.slice(-12)}`;
    await this.admin.query(
      `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
       VALUES ($1, $2, $2, $3, 'small_business', 'active', now(), now(), now())`,
      [tenantId, slug, name],
    );
    return { tenantId, subscriptionId: await this.subscription(tenantId) };
  }

  /** Ended, so that a tenant may have several; its history says what it was. */
  async subscription(tenantId: string): Promise<string> {
    const id = newId();
    await this.admin.query(
      `INSERT INTO subscription (tenant_id, id, status, plan_id, plan_version, billing_cycle,
         wish_plan_id, wish_plan_version, wish_cycle, created_at, updated_at)
       VALUES ($1, $2, 'cancelled', 'professional', 1, 'monthly', 'professional', 1, 'monthly', now(), now())`,
      [tenantId, id],
    );
    return id;
  }

  async event(customer: Customer, told: ToldEvent): Promise<void> {
    const { at, worth, currency, status = worth > 0 ? 'active' : 'cancelled', statusBefore } = told;
    await this.admin.query(
      `INSERT INTO subscription_event (tenant_id, id, subscription_id, at, happened_at, cause, actor, status_before, status,
         plan_id, plan_version, billing_cycle, currency, monthly_before, monthly_after)
       VALUES ($1, $2, $3, $4, $4, 'told', '{}', $5, $6, 'professional', 1, 'monthly', $7, 0, $8)`,
      [
        customer.tenantId,
        newId(Date.parse(at)),
        told.subscriptionId ?? customer.subscriptionId,
        at,
        statusBefore ?? null,
        status,
        currency,
        worth,
      ],
    );
  }

  /** Issues an invoice as billing does: a draft, its lines, and then final. */
  async invoice(customer: Customer, sold: Sold): Promise<string> {
    const id = newId(Date.parse(sold.issued));
    const sum = (of: (line: SoldLine) => number) =>
      sold.lines.reduce((total, line) => total + of(line), 0);
    const subtotal = sum(({ amount }) => amount);
    const discount = sum((line) => line.discount ?? 0);
    const tax = sold.tax ?? 0;
    const total = subtotal - discount + tax;
    await this.admin.query(
      `INSERT INTO invoice (tenant_id, id, subscription_id, status, currency, subtotal, discount, tax, total,
         amount_paid, amount_due, issued_at, created_at, updated_at)
       VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, 0, $9, $10, $10, $10)`,
      [
        customer.tenantId,
        id,
        customer.subscriptionId,
        sold.currency,
        subtotal,
        discount,
        tax,
        total,
        Math.max(0, total),
        sold.issued,
      ],
    );
    for (const [position, line] of sold.lines.entries()) {
      await this.admin.query(
        `INSERT INTO invoice_line (tenant_id, invoice_id, position, kind, description, amount, discount, period_start, period_end)
         VALUES ($1, $2, $3, 'period', 'Sold', $4, $5, $6, $7)`,
        [customer.tenantId, id, position, line.amount, line.discount ?? 0, line.from, line.to],
      );
    }
    await this.settle(customer, id, 'open');
    if (sold.paid) await this.pay(customer, id, Math.max(0, total), sold.paid);
    return id;
  }

  async settle({ tenantId }: Customer, id: string, status: 'open' | 'void' | 'uncollectible') {
    await this.admin.query('UPDATE invoice SET status = $3 WHERE (tenant_id, id) = ($1, $2)', [
      tenantId,
      id,
      status,
    ]);
  }

  async pay({ tenantId }: Customer, id: string, amount: number, at: string): Promise<void> {
    await this.admin.query(
      `UPDATE invoice SET status = 'paid', amount_paid = $3, paid_at = $4 WHERE (tenant_id, id) = ($1, $2)`,
      [tenantId, id, amount, at],
    );
  }

  /** Gives back, as billing does: a refund that is done, and its credit note. */
  async refund({ tenantId }: Customer, invoiceId: string, amount: number, at: string) {
    const [refund, note] = [newId(Date.parse(at)), newId(Date.parse(at))];
    await this.admin.query(
      `INSERT INTO refund (tenant_id, id, invoice_id, amount, currency, reason, status, requested_at, decided_at,
         provider_id, settled_at, updated_at)
       SELECT tenant_id, $2, id, $4, currency, 'Told', 'done', $5, $5, $6, $5, $5
       FROM invoice WHERE (tenant_id, id) = ($1, $3)`,
      [tenantId, refund, invoiceId, amount, at, `re_${refund}`],
    );
    await this.admin.query(
      `INSERT INTO credit_note (tenant_id, id, invoice_id, refund_id, currency, amount, tax, lines, reason, issued_at)
       SELECT tenant_id, $2, invoice_id, id, currency, amount, 0, '[]', reason, $4
       FROM refund WHERE (tenant_id, id) = ($1, $3)`,
      [tenantId, note, refund, at],
    );
    return note;
  }

  /** The bank sends it back. */
  async comesBack({ tenantId }: Customer, note: string, at: string): Promise<void> {
    await this.admin.query(
      'UPDATE credit_note SET voided_at = $3 WHERE (tenant_id, id) = ($1, $2)',
      [tenantId, note, at],
    );
  }
}

/** The world of one test file. Call it once at the top level, after `useTestDatabase()`. */
export function useRevenueWorld(database: TestDatabase): RevenueWorld {
  const world = new RevenueWorld(database.adminUrl);
  beforeAll(() => world.admin.connect());
  afterAll(async () => {
    await world.admin.end();
    await closeDatabase();
  });
  return world;
}
