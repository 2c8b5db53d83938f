import { secondsOf } from '@/lib/kernel/unix-time';
import { monthOf, monthsAfter } from '../billing-oracle/calendar';
import { invoicesOf } from '../billing-oracle/invoices';
import type { Invoice, Line, Scenario } from '../billing-oracle/scenario';
import { firstDifference } from '../billing-over-http/compare';
import type { Charged } from '../billing-over-http/read';
import type { Customer } from './customer';
import { lifeOf } from './generate';
import { live } from './live';
import type { Product } from './product';
import { chargedOf } from './read';

/** A renewal is a draft for an hour; what is issued later than this after it was due is late. */
const ISSUED_WITHIN = 7_200;
/** Whoever waits wants to know how far it is. */
const TOLD_EVERY_MS = 60_000;

export interface Compared {
  customers: Customer[];
  invoices: number;
  lines: number;
  cents: number;
  /** The first invoice that differs of each life that has one, or what it was refused. */
  differences: string[];
}

/** The first second of the month in which lives of so many months begin, so that they end about now. */
export const firstMonth = (now: Date, months: number) =>
  monthsAfter(monthOf(secondsOf(now)), 1 - months);

export interface Lives {
  seeds: readonly number[];
  months: number;
  atATime: number;
}

/** Lives these lives through the product and compares its invoices with the oracle's. */
export async function compareThroughProduct(
  product: Product,
  { seeds, months, atATime }: Lives,
  tell: (text: string) => void = () => undefined,
): Promise<Compared> {
  const result: Compared = { customers: [], invoices: 0, lines: 0, cents: 0, differences: [] };
  const first = firstMonth(new Date(), months);
  const waiting = [...seeds];
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const scenario = lifeOf(seed, first, months);
      const difference = await liveAndCompare(product, scenario, result).catch(
        (error: Error) => error.message,
      );
      if (!difference) continue;
      result.differences.push(`${scenario.name}\n${difference}`);
      tell(`${scenario.name}\n${difference}\n`);
    }
  };
  const timer = setInterval(() => {
    tell(`  ${result.customers.length} of ${seeds.length}, ${result.differences.length} differ`);
  }, TOLD_EVERY_MS);
  await Promise.all(Array.from({ length: atATime }, work));
  clearInterval(timer);
  return result;
}

async function liveAndCompare(product: Product, scenario: Scenario, result: Compared) {
  const expected = invoicesOf(scenario);
  const customer = await live(product, scenario);
  result.customers.push(customer);
  const actual = (await customer.invoices()).map(chargedOf);
  result.invoices += expected.length;
  result.lines += expected.reduce((sum, { lines }) => sum + lines.length, 0);
  result.cents += expected.reduce((sum, { due }) => sum + due, 0);
  return firstDifference(expected.map(inOurWords), inOrder(expected, actual.map(inOurWords)));
}

/**
 * Two things that are only told in other words here: the line of an overage is of its whole month, also where the subscription
 * ended in it; and what is found late of a month of which nothing was billed is called an overage, not its correction.
 */
function inOurWords<T extends Charged>(invoice: T): T {
  const lines = invoice.lines.map((line): Line => {
    if (!line.key.startsWith('meter ')) return line;
    return { ...line, kind: 'overage', to: monthsAfter(line.from, 1) };
  });
  return { ...invoice, lines };
}

/** Issued as soon as it may be, an invoice counts as made when it was due. */
function inOrder(expected: readonly Invoice[], actual: readonly Charged[]): Charged[] {
  return actual.map((invoice, index) => {
    const due = expected[index]?.at ?? invoice.at;
    const inTime = invoice.at >= due && invoice.at - due <= ISSUED_WITHIN;
    return inTime ? { ...invoice, at: due } : invoice;
  });
}
