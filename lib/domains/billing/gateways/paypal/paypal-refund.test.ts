import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isPayPalRefusal } from '@/lib/infra/paypal';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { subscribeByPayPal, usePayPalWorld } from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { convergeBilling, listInvoices, refreshCheckout } from '../..';
import { NOTES } from './calls';
import { discard } from './discard';
import { refund } from './refund';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
let ctx: Ctx;

beforeEach(async () => {
  ({ ctx } = await createTenant(world));
});

describe('refunds', () => {
  async function capture(): Promise<string> {
    await subscribeByPayPal(payPal, ctx);
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM invoice WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    return rows[0]?.provider_id ?? '';
  }
  const some = (captureId: string, amount: number, key: string) =>
    refund({
      id: key,
      tenantId: ctx.tenantId,
      invoiceProviderId: captureId,
      amount,
      currency: 'usd',
    });

  it('gives back a part once, however often it is asked, and leaves the invoice as it is', async () => {
    const id = await capture();
    const first = await some(id, 5_000, 'first');
    expect(first).toMatchObject({ status: 'done', failure: null });
    expect(await some(id, 5_000, 'first')).toEqual(first);
    const { body } = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(body['status']).toBe('PARTIALLY_REFUNDED');
    const before = await listInvoices(ctx, { limit: 10 });
    await refreshCheckout(ctx);
    expect(await listInvoices(ctx, { limit: 10 })).toEqual(before);
  });

  it('pays back all that a subscription took which was made twice, once', async () => {
    const id = await capture();
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM subscription WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    const providerId = rows[0]?.provider_id ?? '';
    await discard(providerId);
    await discard(providerId);
    const taken = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(taken.body['status']).toBe('REFUNDED');
    const there = await payPal.client.get(`/v1/billing/subscriptions/${providerId}`);
    expect(there.body['status']).toBe('CANCELLED');
  });

  it('pays back what such a one took only after its end', async () => {
    const id = await capture();
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM subscription WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    const at = `/v1/billing/subscriptions/${rows[0]?.provider_id}/cancel`;
    await payPal.client.post(at, { reason: NOTES.duplicate });
    await convergeBilling(ctx);
    await convergeBilling(ctx);
    const taken = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(taken.body['status']).toBe('REFUNDED');
  });

  it('refuses more than was paid', async () => {
    const id = await capture();
    const error: unknown = await some(id, 19_901, 'more').catch((reason: unknown) => reason);
    expect(isPayPalRefusal(error)).toBe(true);
  });
});
