import { monthOf, monthsAfter, nextMonth } from './calendar';
import {
  METERS,
  type Offers,
  otherContract,
  someContract,
  someDiscount,
  someOffers,
  someOverage,
  someTax,
} from './offers';
import { bookOf, contractAtEnd, endsAtBoundary, type Page } from './pages';
import { Dice } from './random';
import type { Act, Scenario } from './scenario';

const DAY = 86_400;
const MONTHS = 24;

/** A random life of 24 months; whatever is done in it is allowed in the state in which it is done. */
export function scenarioOf(seed: number): Scenario {
  const dice = new Dice(seed);
  const offers = someOffers(dice);
  const start = someStart(dice);
  const scenario: Scenario = {
    name: `seed ${seed}`,
    start,
    until: monthsAfter(start, MONTHS) + 12_347,
    trialEnd: dice.chance(0.4) ? start + dice.from(1, 45) * DAY - dice.from(0, 1) : null,
    contract: someContract(dice, offers),
    tax: someTax(dice),
    balance: dice.chance(0.2) ? dice.from(1, 20_000) : 0,
    discount: dice.chance(0.3) ? someDiscount(dice) : null,
    overage: Object.fromEntries(METERS.map((meter) => [meter, someOverage(dice)])),
    acts: [],
  };
  live(scenario, dice, offers);
  return scenario;
}

/** Days 29 to 31, Februaries of leap years and their neighbours, midnights and odd seconds are likely. */
function someStart(dice: Dice): number {
  const month = Date.UTC(dice.from(2022, 2026), dice.from(0, 11), 1) / 1000;
  const length = (nextMonth(month) - month) / DAY;
  const day = dice.chance(0.5) ? Math.min(dice.from(28, 30), length - 1) : dice.from(0, length - 1);
  return month + day * DAY + (dice.chance(0.2) ? 0 : dice.from(0, DAY - 1));
}

type Plan = { at: number; act: Act | null };

function live(scenario: Scenario, dice: Dice, offers: Offers): void {
  const { start, until } = scenario;
  const plans: Plan[] = [...readings(scenario, dice)];
  const calm = dice.pick([2, 6, 14]);
  for (let n = dice.from(0, calm); n > 0; n -= 1)
    plans.push({ at: dice.from(start, until - 1), act: null });
  plans.sort((a, b) => a.at - b.at);
  for (const [index, plan] of plans.entries()) {
    if (plan.act !== null) {
      scenario.acts.push(plan.act);
      continue;
    }
    const most = Math.min(until - 1, plans[index + 1]?.at ?? until - 1);
    let at = special(scenario, dice, plan.at, most);
    for (let again = true; again; again = dice.chance(0.4)) {
      scenario.acts.push(someAct(scenario, dice, offers, at));
      // The next one in the same second, or some days later.
      if (dice.chance(0.5)) at = Math.min(most, at + dice.from(0, 9 * DAY));
    }
  }
}

/** Often a boundary, the end of a month, or a second beside one. */
function special(scenario: Scenario, dice: Dice, at: number, most: number): number {
  if (dice.chance(0.6)) return at;
  const page = pageAt(scenario, at);
  const mark = dice.chance(0.6) ? page.end : nextMonth(monthOf(at));
  const moved = mark + dice.from(-1, 1);
  return moved >= at && moved <= most ? moved : at;
}

/** Totals of each month: some while it runs, one near its end, and recounts up to months later. */
function readings(scenario: Scenario, dice: Dice): Plan[] {
  const plans: Plan[] = [];
  const { start, until } = scenario;
  const read = (meter: string, month: number, at: number, total: number) => {
    if (at > start && at < until)
      plans.push({ at, act: { at, do: 'reading', meter, month, total } });
  };
  for (let month = monthOf(start); month < until; month = nextMonth(month))
    for (const meter of METERS) {
      const total = dice.chance(0.3) ? dice.from(0, 20) : dice.from(0, 40_000);
      if (dice.chance(0.3)) continue;
      const length = nextMonth(month) - month;
      read(meter, month, month + Math.floor(length * dice.next()), Math.floor(total / 2));
      read(meter, month, month + length - dice.from(1, 3600), total);
      for (let late = nextMonth(month); dice.chance(0.15); late += dice.from(1, 60) * DAY)
        read(meter, month, late + dice.from(0, 9 * DAY), dice.from(0, 40_000));
    }
  return plans;
}

function someAct(scenario: Scenario, dice: Dice, offers: Offers, at: number): Act {
  const page = pageAt(scenario, at);
  if (page.closing?.how.startsWith('ended')) return refund(dice, at);
  const wish = dice.next();
  if (wish < 0.1) return { at, do: 'discount', discount: someDiscount(dice) };
  if (wish < 0.12) return { at, do: 'discount', discount: null };
  if (wish < 0.18)
    return { at, do: 'overage', meter: dice.pick(METERS), setting: someOverage(dice) };
  if (wish < 0.22) return refund(dice, at);
  if (page.kind === 'paused')
    return dice.chance(0.8) ? { at, do: 'resume' } : { at, do: 'cancel', when: 'now' };
  if (wish < 0.3) return { at, do: 'cancel', when: dice.chance(0.2) ? 'now' : 'end' };
  if (endsAtBoundary(page) && wish < 0.55) return { at, do: 'keep' };
  if (wish < 0.38 && page.kind === 'paid') return { at, do: 'pause' };
  const to = otherContract(dice, offers, contractAtEnd(page));
  return { at, do: 'change', when: dice.chance(0.6) ? 'now' : 'end', to };
}

function refund(dice: Dice, at: number): Act {
  return { at, do: 'refund', invoice: dice.from(0, 12), share: dice.pick([10_000, 5000, 3333, 1]) };
}

/** The page on which an act of this second would be written. */
function pageAt(scenario: Scenario, at: number): Page {
  const page = bookOf({ ...scenario, until: at + 1 }).at(-1);
  if (page === undefined) throw new Error('A book has at least one page.');
  return page;
}
