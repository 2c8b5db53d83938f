import type Stripe from 'stripe';
import type { Api } from '@/sandbox/stripe/api';
import { createCustomer } from '@/sandbox/stripe/customer-routes';
import { productsOf, resolveCoupon, takeOff } from '@/sandbox/stripe/discounts';
import { percentage } from '@/sandbox/stripe/rounding';
import { ratesOf } from '@/sandbox/stripe/tax-rate-routes';
import { attachMethod, createCard, cardDeclined } from '@/sandbox/stripe/payment-methods';
import { type CardInput, DECLINES } from '@/sandbox/stripe/cards';
import { confirmSetup } from '@/sandbox/stripe/setup-intents';
import { billingOf, trialSettings } from '@/sandbox/stripe/subscription-build';
import { createSubscription } from '@/sandbox/stripe/subscriptions';
import { intentOf } from '@/sandbox/stripe/invoice-payments';
import type { CheckoutSession } from '@/sandbox/stripe/wire';

export type CheckoutForm = CardInput & {
  email?: string | undefined;
  name?: string | undefined;
  country?: string | undefined;
};

type SubscriptionData = {
  trial_period_days?: number;
  trial_end?: number;
  metadata?: Record<string, string>;
  description?: string;
  trial_settings?: Stripe.SubscriptionCreateParams.TrialSettings;
  billing_cycle_anchor?: number;
  billing_mode?: { type: string; flexible?: { proration_discounts?: string } };
  default_tax_rates?: string[];
};
export type CheckoutParams = {
  subscription_data?: SubscriptionData;
  discounts?: { coupon?: string; promotion_code?: string }[];
  line_items?: { price?: string; quantity?: number }[];
};

export function paramsOf(api: Api, id: string): CheckoutParams {
  return api.store.get('_checkout', id).params as CheckoutParams;
}

/** Unix second at which the session's trial would end, or null without one. */
export function trialEndOf(api: Api, session: CheckoutSession): number | null {
  const data = paramsOf(api, session.id).subscription_data ?? {};
  if (data.trial_end) return data.trial_end;
  return data.trial_period_days
    ? api.now(api.clockOf(session.customer)) + data.trial_period_days * 86_400
    : null;
}

/** What the first invoice will come to, in minor units, before any trial: with its discounts and taxes. */
export function checkoutTotals(api: Api, id: string, customer: string | null) {
  const { line_items } = api.store.get('_checkout', id);
  const { discounts: asked = [], subscription_data } = paramsOf(api, id);
  const subtotal = line_items.reduce((sum, line) => sum + line.amount_subtotal, 0);
  const coupons = asked.map((one, index) => {
    const { coupon } = resolveCoupon(api, one, customer, `discounts[${index}]`);
    return { discount: String(index), coupon, products: productsOf(api, coupon.id) };
  });
  const lines = line_items.map((line) => ({
    amount: line.amount_subtotal,
    percentOnly: false,
    product: line.price?.product ?? null,
  }));
  const discount = takeOff(coupons, lines)
    .flat()
    .reduce((sum, each) => sum + each.amount, 0);
  const rates = ratesOf(api, subscription_data?.default_tax_rates) ?? [];
  const tax = rates.reduce(
    (sum, rate) => sum + percentage(subtotal - discount, rate.percentage),
    0,
  );
  return { subtotal, discount, tax, total: subtotal - discount + tax };
}

/** True when the card wants its holder to answer a challenge before the session can complete. */
export type Outcome = { challenge: true } | { challenge: false; session: CheckoutSession };

/**
 * What the hosted page's button does: saves the card and starts the subscription (or the set-up). A decline throws
 * its 402 and leaves nothing behind, so that the person can try another card. Repeating it after success changes nothing.
 */
export function completeCheckout(
  api: Api,
  id: string,
  form: CheckoutForm,
  authenticated: boolean,
): Outcome {
  const session = api.store.get('checkout.session', id);
  if (session.status === 'complete') return { challenge: false, session };
  return api.store.attempt(
    () => {
      const customer = session.customer ?? newCustomer(api, session, form);
      const { number, exp_month, exp_year, cvc } = form;
      const billing = {
        name: form.name ?? null,
        email: form.email ?? session.customer_email,
        address: { country: form.country ?? null },
      };
      const method = createCard(api, {
        number,
        exp_month,
        exp_year,
        cvc,
        billing: billing as never,
      });
      const { behaviour } = api.store.get('_card', method.id);
      if (behaviour.startsWith('auth_') && !authenticated) return { challenge: true };
      if (behaviour in DECLINES) throw cardDeclined(behaviour as keyof typeof DECLINES);
      api.store.patch('_card', method.id, { authenticated });
      const result =
        session.mode === 'setup'
          ? setUp(api, session, method.id)
          : subscribe(api, session, customer, method.id);
      return { challenge: false, session: finish(api, session.id, customer, form, result) };
    },
    (outcome) => !outcome.challenge,
  );
}

function newCustomer(api: Api, session: CheckoutSession, form: CheckoutForm): string {
  const email = form.email ?? session.customer_email ?? undefined;
  return createCustomer(api, {
    ...(email ? { email } : {}),
    ...(form.name ? { name: form.name } : {}),
  }).id;
}

function setUp(api: Api, session: CheckoutSession, method: string): Partial<CheckoutSession> {
  confirmSetup(api, session.setup_intent ?? '', method, { authenticated: true });
  return { payment_status: 'no_payment_required' };
}

function subscribe(
  api: Api,
  session: CheckoutSession,
  customer: string,
  method: string,
): Partial<CheckoutSession> {
  const p = paramsOf(api, session.id);
  attachMethod(api, method, customer);
  const lines = p.line_items ?? [];
  const priced = lines.map((line) => ({
    price: line.price ?? '',
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
  }));
  const recurs = (line: { price: string }) =>
    Boolean(api.store.find('price', line.price)?.recurring);
  const sub = createSubscription(api, {
    customer,
    items: priced.filter(recurs),
    addItems: priced.filter((line) => !recurs(line)),
    behavior: 'error_if_incomplete',
    trialEnd: trialEndOf(api, session),
    anchor: p.subscription_data?.billing_cycle_anchor,
    defaultMethod: method,
    discounts: p.discounts ?? [],
    metadata: p.subscription_data?.metadata ?? {},
    description: p.subscription_data?.description ?? null,
    ...(p.subscription_data?.trial_settings
      ? { trialSettings: trialSettings(p.subscription_data) }
      : {}),
    authenticated: true,
    ...billingOf(api, p.subscription_data ?? {}),
    checkout: session.id,
  });
  const paid = intentOf(api, sub.latest_invoice ?? '') ? 'paid' : 'no_payment_required';
  return { subscription: sub.id, invoice: sub.latest_invoice, payment_status: paid };
}

function finish(
  api: Api,
  id: string,
  customer: string,
  form: CheckoutForm,
  result: Partial<CheckoutSession>,
): CheckoutSession {
  const { email, name } = api.store.get('customer', customer);
  const done = api.store.patch('checkout.session', id, {
    ...result,
    customer,
    customer_details: {
      address: {
        city: null,
        country: form.country ?? null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      business_name: null,
      email: email ?? form.email ?? null,
      individual_name: null,
      name: form.name ?? name ?? null,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
    status: 'complete',
    url: null,
  });
  api.emit('checkout.session.completed', done);
  return done;
}

export function expireCheckout(api: Api, id: string): CheckoutSession {
  const gone = api.store.patch('checkout.session', id, { status: 'expired', url: null });
  api.emit('checkout.session.expired', gone);
  return gone;
}
