import { monthOf, nextMonth } from './calendar';
import { share } from './exact';
import type { Moment, UsageLine } from './facts';
import { contractAtEnd, type Page } from './pages';
import type { Act, Allowance, Contract, OverageSetting, Scenario } from './scenario';

/** A month as it was closed: everything that its price depends on but the total. */
interface Settlement extends Position {
  meter: string;
  month: number;
  to: number;
  allowance: Allowance;
  setting: OverageSetting;
}

/** Acts done before this are known: all of earlier seconds, and of this second those of a lower place. */
interface Position {
  at: number;
  place: number;
}

/** Rule 13 at each month's end, and rule 14 at each later reading. Ends of subscriptions are in `usageAtEnd`. */
export function usageMoments(scenario: Scenario, book: Page[]): Moment[] {
  const settled: Settlement[] = [];
  const moments: Moment[] = [];
  for (let end = nextMonth(monthOf(scenario.start)); end < scenario.until; end = nextMonth(end)) {
    const page = pageBefore(book, end);
    const contract = page?.kind === 'paid' ? contractBefore(page, end) : null;
    if (contract === null) continue;
    const closed = settle(scenario, contract, { at: end, place: -1 }, monthOf(end - 1));
    settled.push(...closed);
    const lines = closed.flatMap((one) => lineOf(scenario, one));
    // On a longer cycle the month has an invoice of its own.
    if (lines.length > 0)
      moments.push(usageMoment({ at: end, place: -1 }, lines, contract.cycle !== 1));
  }
  const last = book.at(-1);
  if (last?.kind === 'paid' && last.closing !== null) {
    const end = { at: last.closing.at, place: endPlace(last) };
    settled.push(...settle(scenario, contractAtEnd(last), end, monthOf(end.at)));
  }
  return [...moments, ...corrections(scenario, book, settled)];
}

/** Rule 13's exception: a subscription that ends in mid-month is charged for that month until then. */
export function usageAtEnd(
  scenario: Scenario,
  contract: Contract,
  at: number,
  place: number | null,
): UsageLine[] {
  const end = { at, place: place ?? -1 };
  return settle(scenario, contract, end, monthOf(at)).flatMap((one) => lineOf(scenario, one));
}

function settle(
  scenario: Scenario,
  contract: Contract,
  end: Position,
  month: number,
): Settlement[] {
  return Object.keys(contract.meters)
    .sort()
    .flatMap((meter) => {
      const allowance = contract.meters[meter];
      const setting = settingIn(scenario, meter, end.at - 1);
      if (allowance === undefined || setting === undefined || end.at === month) return [];
      return [{ ...end, meter, month, to: end.at, allowance, setting }];
    });
}

/** What the tenant had switched on in a second: of several acts in it the last counts. */
function settingIn(scenario: Scenario, meter: string, second: number): OverageSetting | undefined {
  const settings = scenario.acts.flatMap((act) =>
    act.do === 'overage' && act.meter === meter && act.at <= second ? [act.setting] : [],
  );
  return settings.at(-1) ?? scenario.overage[meter];
}

/** Rule 13: `units above × cents / 1000`, rounded once, at most the budget. */
function priceOf(total: number, { allowance, setting }: Settlement) {
  const above = allowance.limit === null ? 0 : Math.max(0, total - allowance.limit);
  const full = setting.on ? share(above, allowance.centsPerThousand, 1000) : 0;
  return { quantity: above, amount: Math.min(full, setting.budget ?? full) };
}

function lineOf(scenario: Scenario, settlement: Settlement): UsageLine[] {
  const { meter, month, to } = settlement;
  const priced = priceOf(totalKnown(scenario, settlement, settlement), settlement);
  return priced.amount === 0 ? [] : [{ kind: 'overage', meter, month, to, ...priced }];
}

/** Rule 14: the line anew, less all that was billed for the month before. */
function corrections(scenario: Scenario, book: Page[], settled: Settlement[]): Moment[] {
  return scenario.acts.flatMap((act, place) => {
    if (act.do !== 'reading' || act.at >= scenario.until) return [];
    const settlement = settled.find(
      (one) =>
        one.meter === act.meter && one.month === act.month && isBefore(one, { at: act.at, place }),
    );
    if (settlement === undefined) return [];
    const { meter, month, to } = settlement;
    const now = priceOf(act.total, settlement);
    const before = priceOf(totalKnown(scenario, settlement, { at: act.at, place }), settlement);
    const difference = now.amount - before.amount;
    if (difference === 0) return [];
    const line = { kind: 'correction' as const, meter, month, to };
    const usage = { ...line, quantity: now.quantity, amount: difference };
    return [usageMoment({ at: act.at, place }, [usage], atOnce(book, act, place))];
  });
}

/**
 * Rule 13: a correction waits for the next invoice on a monthly cycle and has one of its own on a longer one.
 * While paused nothing is charged, so it waits; after the end no invoice would come that it could wait for.
 */
function atOnce(book: Page[], act: Act, place: number): boolean {
  const page = book.findLast((one) => one.acts.some((entry) => entry.place === place));
  if (page === undefined) return true;
  return page.kind === 'paid' && contractAtEnd(page, place).cycle !== 1;
}

function usageMoment(end: Position, usage: UsageLine[], invoiced: boolean): Moment {
  const rank = end.place < 0 ? 0 : 2;
  return { ...end, rank, reason: 'usage', usage, givesBack: [], covers: [], invoiced };
}

function totalKnown(scenario: Scenario, { meter, month }: Settlement, until: Position): number {
  const readings = actsBefore(scenario, until).flatMap((act) =>
    act.do === 'reading' && act.meter === meter && act.month === month ? [act.total] : [],
  );
  return readings.at(-1) ?? 0;
}

function actsBefore(scenario: Scenario, position: Position): Act[] {
  return scenario.acts.filter((act, place) => isBefore({ at: act.at, place }, position));
}

function isBefore(one: Position, other: Position): boolean {
  return one.at < other.at || (one.at === other.at && one.place < other.place);
}

/** The page that lay open in the last second before a moment; none before the start and after the end. */
function pageBefore(book: Page[], moment: number): Page | undefined {
  const page = book.findLast((one) => one.from < moment);
  return page?.closing?.how.startsWith('ended') && page.closing.at < moment ? undefined : page;
}

function contractBefore(page: Page, moment: number): Contract {
  const earlier = page.acts.findLast(({ act }) => act.at < moment);
  return contractAtEnd(page, earlier?.place ?? -1);
}

function endPlace(page: Page): number {
  return page.closing?.how === 'ended' ? (page.acts.at(-1)?.place ?? -1) : -1;
}
