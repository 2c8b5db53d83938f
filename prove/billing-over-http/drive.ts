import type Stripe from 'stripe';
import type { Act, Contract, Scenario } from '../billing-oracle/scenario';
import { Catalogue, type Wanted } from './catalogue';
import { type HandOver, stepsOf } from './steps';

/** What was driven: the customer whose invoices are to be read, and what its prices are of. */
export interface Driven {
  customer: string;
  keys: Map<string, string>;
}

/** Lives a scenario at the provider, by test clock, with nothing but the calls that a product makes. */
export async function drive(stripe: Stripe, scenario: Scenario): Promise<Driven> {
  const life = await Life.begin(stripe, scenario);
  for (const step of stepsOf(scenario)) {
    if (step.at >= scenario.until) break;
    if (step.step === 'act') {
      await life.moveTo(step.at);
      await life.act(step.act);
    } else {
      await life.moveTo(step.early ? step.at - 1 : step.at);
      await life.handOver(step.handOver);
    }
  }
  await life.moveTo(scenario.until);
  return life;
}

class Life implements Driven {
  readonly customer: string;
  private readonly stripe: Stripe;
  private readonly clock: string;
  private readonly catalogue: Catalogue;
  private readonly taxRates: string[];
  private subscription: Stripe.Subscription;
  private now: number;
  /** What shall happen at the period's end. */
  private cancels = false;
  private waiting: Contract | null = null;

  private constructor(
    stripe: Stripe,
    clock: Stripe.TestHelpers.TestClock,
    catalogue: Catalogue,
    subscription: Stripe.Subscription,
    taxRates: string[],
  ) {
    this.stripe = stripe;
    this.clock = clock.id;
    this.now = clock.frozen_time;
    this.catalogue = catalogue;
    this.subscription = subscription;
    this.taxRates = taxRates;
    this.customer = subscription.customer as string;
  }

  static async begin(stripe: Stripe, scenario: Scenario): Promise<Life> {
    const { start, trialEnd, contract, balance, discount, tax } = scenario;
    const catalogue = new Catalogue(stripe);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
    const customer = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    if (balance > 0)
      await stripe.customers.createBalanceTransaction(customer.id, {
        amount: -balance,
        currency: 'usd',
      });
    const items = await catalogue.itemsOf(contract);
    const taxRates = await catalogue.taxRates(tax);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: items.map(({ price, quantity }) => ({ price, quantity })),
      billing_mode: { type: 'flexible', flexible: { proration_discounts: 'itemized' } },
      default_tax_rates: taxRates,
      ...(trialEnd === null ? {} : { trial_end: trialEnd }),
      ...(discount === null ? {} : { discounts: [{ coupon: await catalogue.coupon(discount) }] }),
    });
    return new Life(stripe, clock, catalogue, subscription, taxRates);
  }

  get keys(): Map<string, string> {
    return this.catalogue.keys;
  }

  async moveTo(at: number): Promise<void> {
    if (at <= this.now) return;
    await this.stripe.testHelpers.testClocks.advance(this.clock, { frozen_time: at });
    this.now = at;
    const before = periodOf(this.subscription);
    this.subscription = await this.stripe.subscriptions.retrieve(this.subscription.id);
    if (periodOf(this.subscription) !== before) this.waiting = null;
    // A renewal's draft waits an hour, in which a change would be invoiced and use up the balance first.
    const drafts = await this.stripe.invoices.list({ customer: this.customer, status: 'draft' });
    for (const draft of drafts.data.reverse()) await this.collect(draft.id);
  }

  private async collect(draft: string): Promise<void> {
    const { id, status, amount_due } = await this.stripe.invoices.finalizeInvoice(draft);
    if (status === 'open' && amount_due > 0) await this.stripe.invoices.pay(id);
  }

  /** As the product does: items that no discount touches, on the next invoice or on one of their own. */
  async handOver({ at, usage, invoiced }: HandOver): Promise<void> {
    const { customer } = this;
    const ended = this.subscription.status === 'canceled';
    const of = ended ? {} : { subscription: this.subscription.id };
    for (const { kind, meter, month, to, quantity, amount } of usage)
      await this.stripe.invoiceItems.create({
        customer,
        ...of,
        amount,
        currency: 'usd',
        discountable: false,
        period: { start: month, end: to },
        metadata: { kind, key: `meter ${meter}`, quantity },
      });
    if (!invoiced) return;
    const draft = await this.stripe.invoices.create({
      customer,
      ...of,
      pending_invoice_items_behavior: 'include',
      ...(ended ? { default_tax_rates: this.taxRates } : {}),
      metadata: { at },
    });
    await this.collect(draft.id);
  }

  async act(act: Act): Promise<void> {
    switch (act.do) {
      case 'change':
        return act.when === 'now' ? this.changeNow(act.to) : this.settle({ waiting: act.to });
      case 'cancel':
        return act.when === 'now' ? this.cancelNow() : this.settle({ cancels: true });
      case 'keep':
        return this.settle({ cancels: false });
      case 'pause':
        await this.settle({ cancels: false, waiting: null });
        this.subscription = await this.stripe.subscriptions.pause(this.subscription.id);
        return;
      case 'resume':
        this.subscription = await this.stripe.subscriptions.resume(this.subscription.id, {
          billing_cycle_anchor: { type: 'now' },
        });
        return;
      case 'discount': {
        const given = act.discount && [{ coupon: await this.catalogue.coupon(act.discount) }];
        await this.update({ discounts: given ?? '' });
        return;
      }
      default:
        throw new Error(`The provider has nothing to do for ${act.do}.`);
    }
  }

  private async changeNow(to: Contract): Promise<void> {
    await this.settle({ waiting: null });
    const items = difference(this.subscription, await this.catalogue.itemsOf(to), this.keys);
    if (items.length === 0) return;
    await this.update({ items, proration_behavior: 'always_invoice' });
  }

  private async cancelNow(): Promise<void> {
    await this.settle({ waiting: null });
    this.subscription = await this.stripe.subscriptions.cancel(this.subscription.id, {
      invoice_now: true,
      prorate: false,
    });
  }

  /** Brings what waits for the period's end in line with what is wanted; a cancellation goes before a change. */
  private async settle(wish: { cancels?: boolean; waiting?: Contract | null }): Promise<void> {
    this.cancels = wish.cancels ?? this.cancels;
    this.waiting = wish.waiting === undefined ? this.waiting : wish.waiting;
    const { id, schedule } = this.subscription;
    if (schedule) {
      await this.stripe.subscriptionSchedules.release(schedule as string);
      this.subscription = await this.stripe.subscriptions.retrieve(id);
    }
    if (this.subscription.cancel_at_period_end !== this.cancels)
      await this.update({ cancel_at_period_end: this.cancels });
    if (this.waiting && !this.cancels) await this.schedule(this.waiting);
  }

  private async schedule(contract: Contract): Promise<void> {
    const items = await this.catalogue.itemsOf(contract);
    const made = await this.stripe.subscriptionSchedules.create({
      from_subscription: this.subscription.id,
    });
    const running = made.phases[0];
    if (running === undefined) throw new Error('A schedule has a phase that runs.');
    const { start_date, end_date, trial_end } = running;
    await this.stripe.subscriptionSchedules.update(made.id, {
      end_behavior: 'release',
      phases: [
        {
          start_date,
          end_date,
          ...(trial_end === null ? {} : { trial_end }),
          items: running.items.map((item) => ({
            price: item.price as string,
            quantity: item.quantity ?? 1,
          })),
        },
        {
          items: items.map(({ price, quantity }) => ({ price, quantity })),
          proration_behavior: 'none',
        },
      ],
    });
    this.subscription = await this.stripe.subscriptions.retrieve(this.subscription.id);
  }

  private async update(change: Stripe.SubscriptionUpdateParams): Promise<void> {
    this.subscription = await this.stripe.subscriptions.update(this.subscription.id, change);
  }
}

const periodOf = ({ items }: Stripe.Subscription) => items.data[0]?.current_period_start;

/** The items to change, to add and to take away; those that stay aren't named. Another plan takes the place of the plan. */
function difference(
  subscription: Stripe.Subscription,
  wanted: Wanted[],
  keys: Map<string, string>,
): Stripe.SubscriptionUpdateParams.Item[] {
  const placeOf = (key: string) => (key.startsWith('plan ') ? 'plan' : key);
  const there = new Map(
    subscription.items.data.map((item) => [placeOf(keys.get(item.price.id) ?? ''), item]),
  );
  const changes = wanted.flatMap(({ key, price, quantity }) => {
    const item = there.get(placeOf(key));
    there.delete(placeOf(key));
    if (item?.price.id === price && item.quantity === quantity) return [];
    return [{ ...(item ? { id: item.id } : {}), price, quantity }];
  });
  return [...[...there.values()].map(({ id }) => ({ id, deleted: true })), ...changes];
}
