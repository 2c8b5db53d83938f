import { figure, none } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const SHOWN = 3;

/**
 * Two lives of a subscription and its invoices, of which six events are told, every event twice: in each of the 720 orders
 * while the provider goes on from part to part; in every eighth when all is over, so that the way is the same too; then
 * with each of the 64 choices of deliveries that came, forwards and backwards, and the reconciler after them. One final
 * state.
 */
export function run() {
  return onThrowawayDatabase({}, async (url) => {
    const { startBillingWorld } = await import('@/lib/testing/billing-world');
    const { tryOrders } = await import('./webhook-orders/orders');
    const world = await startBillingWorld(url);
    const total = { orders: 0, deliveries: 0, wrong: 0 };
    const every = () => true;
    const all = { soon: every, late: (index: number) => index % 8 === 0, gaps: every };
    try {
      for (const life of ['ended', 'paused'] as const) {
        const { outcome } = await tryOrders(world, life, all);
        for (const text of outcome.wrong.slice(0, SHOWN)) console.log(`${life}: ${text}\n`);
        total.orders += outcome.orders;
        total.deliveries += outcome.deliveries;
        total.wrong += outcome.wrong.length;
      }
    } finally {
      await world.stop();
    }
    return [
      figure(
        'orders of six webhook events, doubled, late, in time and with gaps',
        total.orders,
        'orders',
      ),
      figure('deliveries', total.deliveries, 'deliveries'),
      none('orders after which something was otherwise', total.wrong, 'orders'),
    ];
  });
}
