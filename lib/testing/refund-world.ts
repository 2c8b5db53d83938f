import { beforeAll } from 'vitest';
import { getMoneyBack, listInvoices } from '@/lib/domains/billing';
import { type AdminRefund, requestRefund } from '@/lib/domains/operator';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { type OperatorRole, operatorRoles } from '@/lib/kernel/operator-access';
import { createTenant, type NewTenant, subscribe, type World } from './billing-world';
import { newOperator } from './operator-world';
import { queuedMails } from './queued-mails';

/** What Professional costs a month: less than needs a second operator. */
export const PAID = 19_900;
export const BECAUSE = 'Charged by mistake';
export const dollars = (amount: number) => ({ amount, currency: 'usd' });

/** Operators, and a tenant with an invoice that was paid. */
export class RefundWorld {
  readonly operators = {} as Record<OperatorRole | 'colleague', OperatorCtx>;
  tenant = {} as NewTenant;
  invoice = {} as { id: string; number: string };

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    beforeAll(async () => {
      for (const role of operatorRoles) {
        this.operators[role] = await newOperator(world.admin, role);
      }
      const email = 'colleague@operators.example';
      this.operators.colleague = await newOperator(world.admin, 'finance', email);
    });
  }

  get ctx(): Ctx {
    return this.tenant.ctx;
  }

  /** Another tenant, with another invoice. */
  async pay(of: Parameters<typeof subscribe>[1] = {}): Promise<void> {
    this.tenant = await createTenant(this.world, { ageDays: 40 });
    await subscribe(this.ctx, of);
    const { data } = await listInvoices(this.ctx, { limit: 1 });
    if (!data[0]) throw new Error('a paid subscription has an invoice');
    this.invoice = data[0];
  }

  /** Asks for so many cents, or all that is left. */
  give(
    amount?: number,
    who: OperatorCtx = this.operators.finance,
    requestKey: string | null = null,
  ): Promise<AdminRefund> {
    const part = amount === undefined ? {} : { amount: dollars(amount) };
    return requestRefund(who, this.invoice.id, { ...part, reason: BECAUSE }, requestKey);
  }

  /** The refunds that the provider made of this tenant's payments. */
  async atStripe() {
    const { rows } = await this.world.admin.query(
      'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
      [this.ctx.tenantId],
    );
    const charges = await stripe().charges.list({ customer: rows[0].customer_id, limit: 100 });
    const lists = charges.data.map(({ id }) => stripe().refunds.list({ charge: id, limit: 100 }));
    return (await Promise.all(lists)).flatMap(({ data }) => data);
  }

  /** Ours, in the order in which they were asked for. */
  async rows(): Promise<{ id: string; status: string }[]> {
    const { rows } = await this.world.admin.query(
      'SELECT id, status FROM refund WHERE tenant_id = $1 ORDER BY id',
      [this.ctx.tenantId],
    );
    return rows;
  }

  async statuses(): Promise<string[]> {
    return (await this.rows()).map(({ status }) => status);
  }

  /** The mails that are queued for this tenant and say that money was paid back. */
  async mails() {
    const all = await queuedMails(this.world.admin, { tenantId: this.ctx.tenantId });
    return all.filter(({ template }) => template === 'refund_done');
  }

  /** What the credit notes are of, newest first. */
  async notes(): Promise<number[]> {
    const { credit_notes } = await getMoneyBack(this.ctx, this.invoice.id);
    return credit_notes.map(({ amount }) => amount.amount);
  }
}
