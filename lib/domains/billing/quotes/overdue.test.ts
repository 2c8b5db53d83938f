import { beforeAll, describe, expect, it, vi } from 'vitest';
import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { createTenant, pay, providerTime, useBillingWorld } from '@/lib/testing/billing-world';
import { financeOperator, quoted, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  acceptQuote,
  convergeBilling,
  findDrift,
  getSubscription,
  listInvoices,
  receiveWebhook,
} from '..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let operator: OperatorCtx;

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});

const invoices = async (ctx: Ctx) => (await listInvoices(ctx, { limit: 10 })).data;
const monthly = quoted({ billing_cycle: 'monthly', price: 200_000, net_days: 14 });

describe('a subscription by invoice through time', () => {
  it('renews by sending, falls overdue after the due date, and is active again once all is paid', async () => {
    const { ctx } = await createTenant(world);
    const quote = await sentQuoteFor(ctx, operator, monthly);
    const { subscription_id: id } = await acceptQuote(ctx, quote.id, { revision: 1 });
    const subscription = () => getSubscription(ctx, id ?? '');
    const [first] = await invoices(ctx);
    expect(await pay(first?.hosted_url ?? null)).toBe(303);

    await providerTime(world, 32);
    await convergeBilling(ctx);
    const [renewal, ...earlier] = await invoices(ctx);
    expect(earlier).toHaveLength(1);
    expect(renewal).toMatchObject({ status: 'open', total: { amount: 200_000 } });
    expect(await subscription()).toMatchObject({ status: 'active' });

    await providerTime(world, 47);
    const told = await world.deliveries();
    expect(told.map(({ type }) => type)).toContain('invoice.overdue');
    for (const { body, signature } of told) {
      const header = (name: string) => (name === 'stripe-signature' ? signature : null);
      await receiveWebhook(ctx, 'stripe', body, header);
    }
    await convergeBilling(ctx);
    expect(await subscription()).toMatchObject({ status: 'past_due', plan_id: 'institutional' });
    expect(await withTenant(ctx, (tx) => getEntitlements(tx, ctx))).toMatchObject({
      source: 'subscription',
      limits: monthly.limits,
    });

    expect(await pay(renewal?.hosted_url ?? null)).toBe(303);
    await convergeBilling(ctx);
    expect(await subscription()).toMatchObject({ status: 'active', invoice_days: 14 });
    expect(await findDrift(ctx, id ?? '')).toEqual([]);
    const { rows } = await world.admin.query(
      'SELECT count(*)::int AS n FROM billing_drift WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows[0].n).toBe(0);
  });
});
