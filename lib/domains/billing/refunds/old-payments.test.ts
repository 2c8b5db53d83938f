import { beforeEach, describe, expect, it, vi } from 'vitest';
import { convergeBilling } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import { passDays, useBillingWorld } from '@/lib/testing/billing-world';
import { RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);

/** Longer than a payment can be disputed. */
const LONG = 600;
/** Its refunds are sent by the bank an hour later. */
const SLOW_CARD = '4000 0000 0000 7726';

/** Gives a part of the tenant's first payment back at the provider, past the product. */
async function giveBackThere(cents: number): Promise<void> {
  const { rows } = await world.admin.query(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [money.ctx.tenantId],
  );
  const charges = await stripe()
    .charges.list({ customer: rows[0].customer_id })
    .autoPagingToArray({ limit: 100 });
  await stripe().refunds.create({ charge: charges.at(-1)?.id ?? '', amount: cents });
}

const callsOf = async (work: () => Promise<unknown>) => {
  world.calls.splice(0);
  await work();
  return world.calls.filter((call) => call === 'GET /v1/invoice_payments').length;
};

describe('payments of long ago', () => {
  beforeEach(() => money.pay());

  it('are read again only by the comparison, which finds what was given back of them by hand', async () => {
    await giveBackThere(500);
    expect(await callsOf(() => convergeBilling(money.ctx))).toBe(1);
    expect(await money.statuses()).toEqual(['done']);
    await passDays(world, money.ctx, LONG);
    expect(await callsOf(() => convergeBilling(money.ctx))).toBe(0);
    await giveBackThere(700);
    await convergeBilling(money.ctx);
    expect(await money.notes()).toEqual([500]);
    expect(await callsOf(() => convergeBilling(money.ctx, 'all'))).toBe(1);
    expect(await money.notes()).toEqual([700, 500]);
  });
});

it('a refund of one is followed until it is done', async () => {
  await money.pay({ card: SLOW_CARD });
  await passDays(world, money.ctx, LONG);
  await money.give(500);
  expect(await money.statuses()).toEqual(['sent']);
  await passDays(world, money.ctx, 1);
  expect(await money.statuses()).toEqual(['done']);
});
