import { figure, none } from '@/lib/testing/bench-world';
import { compareOverHttp } from './billing-over-http/compare';

const SUBSCRIPTIONS = 200;
const SHOWN = 5;

/**
 * 200 lives of 24 months, driven through the Stripe sandbox over HTTP with Stripe's own SDK and test clocks, against the
 * oracle that was written from docs/billing/rules.md: no invoice may differ by a cent. It is the provider that is checked
 * here, without the product in between: usage is handed over as the lines that the oracle says, and refunds are left out. The engine
 * has its own proof in billing-oracle.
 */
export async function run() {
  const { subscriptions, invoices, lines, differences } = await compareOverHttp(1, SUBSCRIPTIONS);
  for (const text of differences.slice(0, SHOWN)) console.log(`${text}\n`);
  return [
    figure('subscriptions driven over HTTP for 24 months', subscriptions, 'subscriptions'),
    figure('invoices compared', invoices, 'invoices'),
    figure('lines compared', lines, 'lines'),
    none(
      'subscriptions whose invoices differ from the oracle',
      differences.length,
      'subscriptions',
    ),
  ];
}
