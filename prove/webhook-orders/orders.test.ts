import { expect, it } from 'vitest';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { tryOrders } from './orders';

const database = useTestDatabase();
const world = useBillingWorld(database);
/** Four of the 720, and three of the 64. */
const few = {
  soon: (index: number) => index % 180 === 71,
  late: () => true,
  gaps: (index: number) => index % 21 === 9,
};

it('six events of a life that ends unpaid give one final state, in a few orders and with a few gaps', async () => {
  const { expected, outcome } = await tryOrders(world, 'ended', few);
  expect(expected).toMatchObject({
    state: {
      subscriptions: [{ status: 'cancelled', provider_status: 'canceled' }],
      invoices: [{ status: 'paid' }, { status: 'open' }],
      rights: { features: ['api_read'], source: 'none' },
    },
  });
  expect(outcome.orders).toBeGreaterThan(10);
  expect(outcome.wrong).toEqual([]);
}, 120_000);

it('six events of a life that is paused give one, too', async () => {
  const { expected, outcome } = await tryOrders(world, 'paused', few);
  expect(expected).toMatchObject({
    state: {
      subscriptions: [{ status: 'paused', provider_status: 'paused' }],
      invoices: [{ status: 'paid' }, { status: 'paid' }],
      rights: { features: ['api_read'], source: 'none' },
    },
  });
  expect(outcome.wrong).toEqual([]);
}, 120_000);
