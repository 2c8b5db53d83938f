import { figure, none } from '@/lib/testing/bench-world';
import { compareMany, engineHash, SHOWN } from './billing-oracle/compare';

/**
 * Every invoice of thousands of subscriptions over 24 months, computed by the engine and by an oracle that was
 * written from docs/billing/rules.md alone: not one cent may differ. Another run:
 * `npm run prove -- billing-oracle seed=7 count=500`.
 */
export function run() {
  const seed = parameter('seed', 1);
  const count = parameter('count', 10_000);
  const result = compareMany(seed, count);
  const again = engineHash(seed, count);
  for (const text of result.differences.slice(0, SHOWN)) console.log(`${text}\n`);
  console.log(`  seed ${seed}, hash of all invoices ${result.hash}`);
  return [
    figure('subscriptions over 24 months', result.subscriptions, 'subscriptions'),
    figure('invoices compared', result.invoices, 'invoices'),
    figure('lines compared', result.lines, 'lines'),
    figure('amounts compared', result.cents, 'cents'),
    none('subscriptions that differ', result.differences.length, 'subscriptions'),
    none('runs that changed anything', again === result.hash ? 0 : 1, 'runs'),
  ];
}

function parameter(name: string, otherwise: number): number {
  const given = process.argv.find((word) => word.startsWith(`${name}=`));
  if (given === undefined) return otherwise;
  const value = Number(given.slice(name.length + 1));
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${name} must be a whole number above 0, as in ${name}=7.`);
  return value;
}
