import { stripe } from '@/lib/infra/stripe';
import { countCalls } from '@/lib/testing/overage-world';
import { GOOD_CARD, post } from '@/sandbox/testing';
import type { Act, Contract, Discount, OverageSetting, Scenario } from '../billing-oracle/scenario';
import { Customer } from './customer';
import { CYCLES, METER } from './generate';
import type { Product } from './product';

const DAY = 86_400;

const termsOf = ({ plan, cycle }: Contract) => ({
  plan_id: plan.key,
  billing_cycle: CYCLES[cycle],
});
const whenOf = (when: 'now' | 'end') => (when === 'now' ? 'now' : 'period_end');

/** Lives a scenario as a customer of the product, by its clock; answers who it was. */
export async function live(product: Product, scenario: Scenario): Promise<Customer> {
  const customer = await Customer.signUp(product, scenario.start);
  const subscription = await subscribe(customer, scenario);
  const counted = new Map<number, number>();
  let now = scenario.start;
  for (const act of scenario.acts) {
    if (act.at > now) await customer.moveTo(act.at);
    now = act.at;
    if (act.do === 'reading') await count(product, customer, act, counted);
    else await doAct(customer, subscription, act);
  }
  await customer.moveTo(scenario.until);
  return customer;
}

async function subscribe(customer: Customer, scenario: Scenario): Promise<string> {
  const { contract, trialEnd, start, discount } = scenario;
  const made = await customer.send('POST', `/tenants/${customer.id}/subscriptions`, {
    ...termsOf(contract),
    trial_days: trialEnd === null ? 0 : (trialEnd - start) / DAY,
    ...(discount ? { coupon: await couponOf(discount) } : {}),
  });
  const paid = await post(String(made.checkout_url), GOOD_CARD);
  if (paid.status !== 303) throw new Error(`the page answered ${paid.status}`);
  // The webhook tells it.
  await customer.until(async () => {
    const { status, checkout_url } = await customer.subscription();
    return status !== 'incomplete' && checkout_url === null;
  });
  return String(made.id);
}

/** What marketing offers, at the provider. */
async function couponOf({ percent, amount, duration, months }: Discount): Promise<string> {
  const { id } = await stripe().coupons.create({
    ...(percent === null ? {} : { percent_off: percent / 100 }),
    ...(amount === null ? {} : { amount_off: amount, currency: 'usd' }),
    duration,
    ...(months === null ? {} : { duration_in_months: months }),
  });
  return id;
}

/** Counts as the gateway does; nobody makes a hundred thousand calls a month for a proof. */
async function count(
  { admin }: Product,
  { uuid }: Customer,
  { month, total }: Extract<Act, { do: 'reading' }>,
  counted: Map<number, number>,
): Promise<void> {
  const more = total - (counted.get(month) ?? 0);
  counted.set(month, total);
  await countCalls({ admin }, { tenantId: uuid }, more, new Date(month * 1000));
}

const settingOf = ({ on, budget }: OverageSetting) => {
  if (!on) return { mode: 'off' };
  return budget === null
    ? { mode: 'on' }
    : { mode: 'budget', budget: { amount: budget, currency: 'usd' } };
};

async function doAct(customer: Customer, id: string, act: Act): Promise<unknown> {
  const path = `/subscriptions/${id}`;
  switch (act.do) {
    case 'change':
      return customer.send('PATCH', path, { ...termsOf(act.to), when: whenOf(act.when) });
    case 'cancel':
      return customer.send('POST', `${path}/cancel`, { when: whenOf(act.when) });
    case 'keep':
    case 'resume':
      return customer.send('POST', `${path}/resume`, {});
    case 'pause':
      return customer.send('POST', `${path}/pause`, {});
    case 'discount':
      // One that was used up, or has run out, is not there to be taken away.
      return act.discount
        ? customer.send('PUT', `${path}/discount`, { code: await couponOf(act.discount) })
        : customer.send('DELETE', `${path}/discount`, undefined, ['no_discount']);
    case 'overage':
      return customer.send(
        'PUT',
        `/tenants/${customer.id}/overage/${METER}`,
        settingOf(act.setting),
      );
    default:
      throw new Error(`The product has nothing to do for ${act.do}.`);
  }
}
