import type Stripe from 'stripe';
import type { Contract, Cycle, Discount } from '../billing-oracle/scenario';

export interface Wanted {
  key: string;
  price: string;
  quantity: number;
}

const CYCLES = {
  1: { interval: 'month', interval_count: 1 },
  3: { interval: 'month', interval_count: 3 },
  12: { interval: 'year', interval_count: 1 },
} as const satisfies Record<Cycle, object>;

/** Products, prices, coupons and tax rates of a scenario, made when they are first asked for. */
export class Catalogue {
  private readonly stripe: Stripe;
  private readonly products = new Map<string, string>();
  private readonly prices = new Map<string, string>();
  /** What a price is of, in the oracle's words. */
  readonly keys = new Map<string, string>();

  constructor(stripe: Stripe) {
    this.stripe = stripe;
  }

  /** The plan, then the add-ons by key. */
  async itemsOf({ cycle, plan, addOns }: Contract): Promise<Wanted[]> {
    const sorted = [...addOns].sort((a, b) => (a.key < b.key ? -1 : 1));
    const wanted = [
      { key: `plan ${plan.key}`, cents: plan.price, quantity: 1 },
      ...sorted.map(({ key, price, quantity }) => ({
        key: `add-on ${key}`,
        cents: price,
        quantity,
      })),
    ];
    const items: Wanted[] = [];
    for (const { key, cents, quantity } of wanted)
      items.push({ key, price: await this.price(key, cycle, cents), quantity });
    return items;
  }

  async coupon({ percent, amount, duration, months }: Discount): Promise<string> {
    const { id } = await this.stripe.coupons.create({
      duration,
      ...(percent === null ? {} : { percent_off: percent / 100 }),
      ...(amount === null ? {} : { amount_off: amount, currency: 'usd' }),
      ...(months === null ? {} : { duration_in_months: months }),
    });
    return id;
  }

  /** None where the rate is 0. */
  async taxRates(basisPoints: number): Promise<string[]> {
    if (basisPoints === 0) return [];
    const { id } = await this.stripe.taxRates.create({
      display_name: 'VAT',
      inclusive: false,
      percentage: basisPoints / 100,
    });
    return [id];
  }

  private async price(key: string, cycle: Cycle, cents: number): Promise<string> {
    const name = `${key} ${cycle} ${cents}`;
    const known = this.prices.get(name);
    if (known !== undefined) return known;
    const { id } = await this.stripe.prices.create({
      product: await this.product(key),
      currency: 'usd',
      unit_amount: cents,
      recurring: CYCLES[cycle],
    });
    this.prices.set(name, id);
    this.keys.set(id, key);
    return id;
  }

  private async product(key: string): Promise<string> {
    const known = this.products.get(key);
    if (known !== undefined) return known;
    const { id } = await this.stripe.products.create({ name: key });
    this.products.set(key, id);
    return id;
  }
}
