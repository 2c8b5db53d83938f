import type { Dice } from './random';
import type { Allowance, Contract, Cycle, Discount, OverageSetting } from './scenario';

export const METERS = ['calls', 'runs'] as const;

/** What a scenario's tenant can buy. */
export interface Offers {
  plans: { key: string; prices: Record<Cycle, number>; meters: Record<string, Allowance> }[];
  addOns: { key: string; prices: Record<Cycle, number> }[];
}

export function someOffers(dice: Dice): Offers {
  const plans = ['basic', 'plus', 'top'].map((key, index) => ({
    key,
    prices: somePrices(dice, dice.chance(0.1) ? 0 : awkward(dice) * (index + 1)),
    meters: Object.fromEntries(METERS.map((meter) => [meter, someAllowance(dice)])),
  }));
  const addOns = ['backup', 'seats', 'zones'].map((key) => ({
    key,
    prices: somePrices(dice, awkward(dice)),
  }));
  return { plans, addOns };
}

export function someContract(dice: Dice, offers: Offers): Contract {
  const plan = dice.pick(offers.plans);
  const cycle = dice.pick<Cycle>([1, 1, 1, 3, 12]);
  const addOns = offers.addOns
    .filter(() => dice.chance(0.4))
    .map(({ key, prices }) => ({ key, price: prices[cycle], quantity: dice.from(1, 7) }));
  const { key, prices, meters } = plan;
  return { cycle, plan: { key, price: prices[cycle] }, addOns, meters };
}

/** Another plan, another cycle, more or fewer add-ons, a new price, or several of these; never the same again. */
export function otherContract(dice: Dice, offers: Offers, old: Contract): Contract {
  for (;;) {
    const contract = vary(dice, offers, old);
    if (JSON.stringify(contract) !== JSON.stringify(old)) return contract;
  }
}

function vary(dice: Dice, offers: Offers, old: Contract): Contract {
  const other = someContract(dice, offers);
  switch (dice.from(0, 5)) {
    case 0:
      return other;
    case 1:
      return { ...old, plan: planAt(offers, other.plan.key, old.cycle), meters: other.meters };
    case 2: {
      const addOns = old.addOns.map(({ key, quantity }) =>
        addOnAt(offers, key, other.cycle, quantity),
      );
      const plan = planAt(offers, old.plan.key, other.cycle);
      return { ...old, cycle: other.cycle, plan, addOns };
    }
    case 3: {
      const addOns = other.addOns.map(({ key, quantity }) =>
        addOnAt(offers, key, old.cycle, quantity),
      );
      return { ...old, addOns };
    }
    case 4: {
      const changed = (quantity: number) => Math.max(1, quantity + dice.from(-2, 2));
      return {
        ...old,
        addOns: old.addOns.map((one) => ({ ...one, quantity: changed(one.quantity) })),
      };
    }
    default:
      return { ...old, plan: { ...old.plan, price: old.plan.price + dice.from(0, 250) } };
  }
}

function planAt(offers: Offers, key: string, cycle: Cycle) {
  const price = offers.plans.find((plan) => plan.key === key)?.prices[cycle] ?? 0;
  return { key, price };
}

function addOnAt(offers: Offers, key: string, cycle: Cycle, quantity: number) {
  const price = offers.addOns.find((addOn) => addOn.key === key)?.prices[cycle] ?? 0;
  return { key, price, quantity };
}

export function someDiscount(dice: Dice): Discount {
  const percent = dice.chance(0.6)
    ? dice.pick([1, 333, 1000, 1250, 3333, 5000, 9999, 10_000])
    : null;
  const amount = percent === null ? dice.pick([1, 99, 500, 2500, 12_345, 1_000_000]) : null;
  const duration = dice.pick(['once', 'repeating', 'forever'] as const);
  const months = duration === 'repeating' ? dice.from(1, 14) : null;
  return { percent, amount, duration, months };
}

export function someOverage(dice: Dice): OverageSetting {
  const on = dice.chance(0.75);
  return { on, budget: on && dice.chance(0.4) ? dice.pick([1, 500, 1999, 10_000]) : null };
}

export function someTax(dice: Dice): number {
  return dice.pick([0, 0, 700, 750, 1900, 2000, 2550, 825, 1]);
}

function someAllowance(dice: Dice): Allowance {
  const limit = dice.chance(0.1) ? null : dice.pick([0, 10, 1000, 10_000]);
  return { limit, centsPerThousand: dice.pick([1, 49, 333, 500, 1000, 12_500]) };
}

function awkward(dice: Dice): number {
  return dice.chance(0.6)
    ? dice.pick([999, 1999, 4900, 3333, 101, 1, 12_345])
    : dice.from(1, 30_000);
}

function somePrices(dice: Dice, monthly: number): Record<Cycle, number> {
  return {
    1: monthly,
    3: Math.max(0, monthly * 3 - dice.from(0, monthly)),
    12: Math.max(0, monthly * 10 - dice.from(0, monthly)),
  };
}
