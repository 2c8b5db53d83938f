import { firstPlans } from '@/prisma/seed/plans';
import { monthOf, monthsAfter, nextMonth } from '../billing-oracle/calendar';
import {
  bookOf,
  contractAtEnd,
  endsAtBoundary,
  type Page,
  waitingChange,
} from '../billing-oracle/pages';
import { Dice } from '../billing-oracle/random';
import type { Act, Contract, Cycle, Discount, Scenario } from '../billing-oracle/scenario';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** The provider keeps a renewal as a draft for an hour; who acts within it is the business of other proofs. */
const DRAFT = 2 * HOUR;

export const METER = 'api_calls';
export const CYCLES = { 1: 'monthly', 3: 'quarterly', 12: 'annual' } as const;
type PlanKey = 'starter' | 'professional' | 'enterprise';
const PLANS: readonly PlanKey[] = ['starter', 'professional', 'enterprise'];

/** What the product's catalogue sells under that name, in the oracle's words. */
function contractOf(key: PlanKey, cycle: Cycle): Contract {
  const plan = firstPlans.find(({ planId }) => planId === key);
  const price = plan?.prices[CYCLES[cycle]];
  if (!plan || price === undefined || price === null) throw new RangeError(`no price of ${key}`);
  const limit = plan.limits.api_calls_per_month;
  const centsPerThousand = plan.overage.api_calls ?? 0;
  return {
    cycle,
    plan: { key, price },
    addOns: [],
    meters: { [METER]: { limit, centsPerThousand } },
  };
}

const someContract = (dice: Dice) =>
  contractOf(dice.pick(PLANS), dice.pick<Cycle>([1, 1, 1, 1, 3, 12]));

/**
 * A random life of so many months with one of the product's plans: nothing but what the product sells, and whatever is done in
 * it is allowed in the state in which it is done. It begins in the month `first` (its first second).
 */
export function lifeOf(seed: number, first: number, months: number): Scenario {
  const dice = new Dice(seed);
  const contract = someContract(dice);
  const start = someStart(dice, first);
  const days = dice.chance(0.35) ? dice.from(1, 14) : 0;
  const scenario: Scenario = {
    name: `seed ${seed} of ${new Date(first * 1000).toISOString().slice(0, 7)}`,
    start,
    until: monthsAfter(start, months) + 3 * HOUR + 47,
    trialEnd: days > 0 ? start + days * DAY : null,
    contract,
    tax: 0,
    balance: 0,
    discount: dice.chance(0.3) ? someCoupon(dice) : null,
    overage: { [METER]: { on: false, budget: null } },
    acts: [{ at: start, do: 'overage', meter: METER, setting: someSwitch(dice) }],
  };
  for (const plan of plansOf(dice, scenario)) live(scenario, dice, plan);
  scenario.until = calm(scenario, scenario.until);
  return scenario;
}

function someStart(dice: Dice, first: number): number {
  const length = (nextMonth(first) - first) / DAY;
  const day = dice.chance(0.5) ? Math.min(dice.from(28, 30), length - 1) : dice.from(0, length - 1);
  return first + day * DAY + dice.from(HOUR, DAY - 1);
}

function someCoupon(dice: Dice): Discount {
  const duration = dice.pick(['once', 'repeating', 'forever'] as const);
  const months = duration === 'repeating' ? dice.from(1, 14) : null;
  const percent = dice.chance(0.7) ? dice.pick([1000, 1250, 3333, 5000, 10_000]) : null;
  const amount = percent === null ? dice.pick([99, 2500, 12_345, 1_000_000]) : null;
  return { percent, amount, duration, months };
}

function someSwitch(dice: Dice) {
  const on = dice.chance(0.8);
  return { on, budget: on && dice.chance(0.4) ? dice.pick([500, 1999, 10_000]) : null };
}

type Plan = { at: number } & ({ what: 'act' | 'switch' } | { what: 'read'; month: number });

/** When something is done: at any time; a switch of overage in a month's first days, before anything is counted in it. */
function plansOf(dice: Dice, { start, until }: Scenario): Plan[] {
  const plans: Plan[] = [];
  for (let n = dice.from(0, dice.pick([2, 5, 10])); n > 0; n -= 1)
    plans.push({ what: 'act', at: dice.from(start + DRAFT, until - DAY) });
  for (let month = monthOf(start); month < until; month = nextMonth(month)) {
    if (dice.chance(0.1)) plans.push({ what: 'switch', at: month + dice.from(3 * HOUR, 2 * DAY) });
    if (dice.chance(0.4)) continue;
    const length = nextMonth(month) - month;
    plans.push({ what: 'read', month, at: month + dice.from(4 * DAY, length - 3 * HOUR) });
    if (dice.chance(0.15))
      plans.push({ what: 'read', month, at: nextMonth(month) + dice.from(3 * HOUR, 20 * DAY) });
  }
  return plans
    .filter(({ at }) => at > start + DRAFT && at < until - DAY)
    .sort((a, b) => a.at - b.at);
}

function live(scenario: Scenario, dice: Dice, plan: Plan): void {
  const last = scenario.acts.at(-1)?.at ?? scenario.start;
  const at = calm(scenario, Math.max(plan.at, last + 600));
  const page = pageAt(scenario, at);
  if (page.closing?.how.startsWith('ended') || at >= scenario.until - DAY) return;
  const act = actOf(plan, at, page, dice);
  if (act) scenario.acts.push(act);
}

function actOf(plan: Plan, at: number, page: Page, dice: Dice): Act | null {
  switch (plan.what) {
    case 'act':
      return someAct(dice, page, at);
    case 'switch':
      return { at, do: 'overage', meter: METER, setting: someSwitch(dice) };
    case 'read': {
      const { limit } = page.contract.meters[METER] ?? { limit: 0 };
      const total = Math.floor((limit ?? 0) * (0.8 + 0.6 * dice.next()));
      return { at, do: 'reading', meter: METER, month: plan.month, total };
    }
  }
}

function someAct(dice: Dice, page: Page, at: number): Act | null {
  const wish = dice.next();
  if (page.kind === 'paused')
    return wish < 0.85 ? { at, do: 'resume' } : { at, do: 'cancel', when: 'now' };
  if (dice.chance(0.12))
    return { at, do: 'discount', discount: dice.chance(0.8) ? someCoupon(dice) : null };
  if (endsAtBoundary(page)) return wish < 0.7 ? { at, do: 'keep' } : null;
  if (wish < 0.05) return { at, do: 'cancel', when: 'now' };
  if (wish < 0.17) return { at, do: 'cancel', when: 'end' };
  if (wish < 0.3 && page.kind === 'paid') return { at, do: 'pause' };
  const to = otherThan(dice, [contractAtEnd(page), waitingChange(page)]);
  return { at, do: 'change', when: dice.chance(0.6) ? 'now' : 'end', to };
}

function otherThan(dice: Dice, those: readonly (Contract | null)[]): Contract {
  for (;;) {
    const to = someContract(dice);
    if (!those.some((one) => one?.plan.key === to.plan.key && one.cycle === to.cycle)) return to;
  }
}

/** That moment, or when what is made by itself at a boundary or a month's end has been made. */
function calm(scenario: Scenario, at: number): number {
  const page = pageAt(scenario, at);
  const marks = [page.from, page.end, monthOf(at), nextMonth(at), monthOf(at + DRAFT)];
  const near = marks.find(
    (mark) => at > mark - DRAFT && at < mark + DRAFT && mark !== scenario.start,
  );
  return near === undefined ? at : near + DRAFT;
}

/** The page on which an act of this second would be written. */
function pageAt(scenario: Scenario, at: number): Page {
  const page = bookOf({ ...scenario, until: at + 1 }).at(-1);
  if (page === undefined) throw new Error('A book has at least one page.');
  return page;
}
