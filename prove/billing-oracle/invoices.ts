import { monthsAfter } from './calendar';
import { basisPoints, share, sum } from './exact';
import type { Coverage, Moment } from './facts';
import { momentsOf } from './moments';
import type { Discount, Invoice, Line, Scenario } from './scenario';

/** All invoices of a scenario by docs/billing/rules.md, in the order in which they are made. */
export function invoicesOf(scenario: Scenario): Invoice[] {
  const invoices: Invoice[] = [];
  const paidFor = new Map<Coverage, number>();
  const spent = new Set<Discount>();
  let waiting: Line[] = [];
  let credit = scenario.balance;
  for (const moment of momentsOf(scenario)) {
    const own = [
      ...moment.usage.map(usageLine),
      ...moment.givesBack.flatMap((coverage) => creditLine(coverage, moment.at, paidFor)),
      ...moment.covers.map(chargeLine),
    ];
    const lines = [...waiting, ...own];
    // A change that gives and takes nothing makes no invoice, and what is pending goes on waiting.
    const silent = moment.reason === 'change' && own.length === 0;
    const invoiced = moment.invoiced && !silent;
    waiting = invoiced ? [] : lines;
    if (!invoiced || lines.length === 0) continue;
    const discount = discountAt(scenario, moment, spent);
    const discounted = discount === null ? lines : takeOff(lines, discount);
    const took = sum(discounted.map((line) => line.discount)) > 0;
    if (discount?.duration === 'once' && took) spent.add(discount);
    const charged = discounted.slice(discounted.length - moment.covers.length);
    for (const [index, coverage] of moment.covers.entries()) {
      const line = charged[index];
      if (line !== undefined) paidFor.set(coverage, line.amount - line.discount);
    }
    const invoice = invoiceOf(moment, discounted, scenario.tax, credit);
    credit -= invoice.balanceUsed;
    invoices.push(invoice);
  }
  return invoices;
}

/** Rule 12. A negative `balanceUsed` is credit that the invoice added. */
function invoiceOf(moment: Moment, lines: Line[], rate: number, credit: number): Invoice {
  const net = sum(lines.map((line) => line.amount - line.discount));
  const tax = basisPoints(net, rate);
  const total = net + tax;
  const balanceUsed = total < 0 ? total : Math.min(credit, total);
  const { at, reason } = moment;
  return { at, reason, lines, tax, total, balanceUsed, due: total - balanceUsed };
}

/** Rules 4 and 6 charge whole periods, rule 5 the rest of one. */
function chargeLine(coverage: Coverage): Line {
  const { kind, key, quantity, price, from, end, periodStart } = coverage;
  const amount = share(price * quantity, end - from, end - periodStart);
  return { kind, key, quantity, amount, discount: 0, from, to: end };
}

/** Rule 7: what was paid for the time that isn't over; no line where that is nothing. */
function creditLine(coverage: Coverage, at: number, paidFor: Map<Coverage, number>): Line[] {
  const { key, quantity, from, end } = coverage;
  const amount = -share(paidFor.get(coverage) ?? 0, end - at, end - from);
  if (amount === 0) return [];
  return [{ kind: 'credit', key, quantity, amount, discount: 0, from: at, to: end }];
}

function usageLine(usage: Moment['usage'][number]): Line {
  const { kind, meter, month, to, quantity, amount } = usage;
  return { kind, key: `meter ${meter}`, quantity, amount, discount: 0, from: month, to };
}

/** Rule 11: a percentage off every charge for an item's time, an amount off whole periods until it is used up. */
function takeOff(lines: Line[], { percent, amount }: Discount): Line[] {
  let left = amount ?? 0;
  return lines.map((line) => {
    if (percent !== null) {
      const charged = line.kind === 'period' || line.kind === 'remaining';
      return charged ? { ...line, discount: basisPoints(line.amount, percent) } : line;
    }
    if (line.kind !== 'period') return line;
    const discount = Math.min(left, line.amount);
    left -= discount;
    return { ...line, discount };
  });
}

/** Rule 11: the one given last, unless it is over or spent. */
function discountAt(scenario: Scenario, moment: Moment, spent: Set<Discount>): Discount | null {
  const given = [{ discount: scenario.discount, at: scenario.start }];
  for (const [place, act] of scenario.acts.entries())
    if (act.do === 'discount' && isBefore(act.at, place, moment)) given.push(act);
  const last = given.at(-1);
  if (!last?.discount || spent.has(last.discount)) return null;
  const { duration, months } = last.discount;
  const over = duration === 'repeating' && moment.at >= monthsAfter(last.at, months ?? 0);
  return over ? null : last.discount;
}

/** Acts of a moment's own second count if the moment is itself an act, and a later one. */
function isBefore(at: number, place: number, moment: Moment): boolean {
  return at < moment.at || (at === moment.at && moment.rank === 2 && place < moment.place);
}
