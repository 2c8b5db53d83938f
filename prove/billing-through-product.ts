import { figure, none } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const SUBSCRIPTIONS = 200;
const MONTHS = 24;
const AT_A_TIME = 6;

/**
 * 200 lives of 24 months lived by customers of the product: sign-up, checkout, changes, pauses, coupons and overage by its
 * API, time by the sandbox's clock, news by the sandbox's webhooks to `/api/webhooks/stripe`, work by its worker. Its stored
 * invoices equal those of the oracle, and telling every webhook again with a whole reconciliation changes nothing.
 */
export function run() {
  return onThrowawayDatabase({}, async (url) => {
    const { startProduct } = await import('./billing-through-product/product');
    const { compareThroughProduct } = await import('./billing-through-product/compare');
    const { rerun } = await import('./billing-through-product/rerun');
    const product = await startProduct(url);
    try {
      const seeds = Array.from({ length: SUBSCRIPTIONS }, (_, index) => index + 1);
      const lives = { seeds, months: MONTHS, atATime: AT_A_TIME };
      const lived = await compareThroughProduct(product, lives, console.log);
      const again = await rerun(product);
      if (again.difference) console.log(`after the rerun: ${again.difference}\n`);
      return [
        figure('lives of 24 months through the product', lived.customers.length, 'subscriptions'),
        figure('invoices compared', lived.invoices, 'invoices'),
        figure('lines compared', lived.lines, 'lines'),
        figure('due on them', lived.cents, 'cents'),
        none(
          'lives whose invoices differ from the oracle',
          lived.differences.length,
          'subscriptions',
        ),
        figure('webhooks told again', again.told, 'webhooks'),
        none('books changed by a rerun', again.difference ? 1 : 0, 'books'),
      ];
    } finally {
      await product.stop();
    }
  });
}
