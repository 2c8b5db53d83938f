import type { Api } from '@/sandbox/stripe/api';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { invalid } from '@/sandbox/http/errors';
import { cardDeclined, resolveMethod } from '@/sandbox/stripe/payment-methods';
import { cancelIntent, confirmIntent, type Presence } from '@/sandbox/stripe/payment-intents';
import { dunning, subscriptionPaid, subscriptionUnpaid } from '@/sandbox/stripe/subscription-state';
import type { Invoice, InvoicePayment, PaymentIntent } from '@/sandbox/stripe/wire';

export function paymentsOf(api: Api, invoice: string): InvoicePayment[] {
  return api.store.all('invoice_payment').filter((payment) => payment.invoice === invoice);
}

/** The payment that an invoice is collected by; undefined before it is final, and where nothing is owed. */
export function intentOf(api: Api, invoice: string): PaymentIntent | undefined {
  const payment = paymentsOf(api, invoice).find((each) => each.is_default);
  return api.store.find('payment_intent', payment?.payment.payment_intent);
}

export function invoiceOfIntent(api: Api, intent: string): Invoice | undefined {
  const payment = api.store
    .all('invoice_payment')
    .find((each) => each.payment.payment_intent === intent);
  return api.store.find('invoice', payment?.invoice);
}

const subscriptionOf = (invoice: Invoice) => invoice.parent?.subscription_details?.subscription;

/** The card an invoice is charged to: its own, its subscription's, its customer's. */
export function defaultMethod(
  api: Api,
  invoice: Pick<Invoice, 'default_payment_method' | 'customer' | 'parent'>,
): string | null {
  const sub = api.store.find('subscription', invoice.parent?.subscription_details?.subscription);
  const customer = api.store.find('customer', invoice.customer);
  return (
    invoice.default_payment_method ??
    sub?.default_payment_method ??
    customer?.invoice_settings.default_payment_method ??
    null
  );
}

/** Closes an invoice as paid: by its intent, from outside, or because nothing was due. */
export function markPaid(api: Api, id: string, amount: number): Invoice {
  const invoice = api.store.get('invoice', id);
  const now = api.now(invoice.test_clock);
  const payment = paymentsOf(api, id).find((each) => each.is_default);
  const paid = api.store.patch('invoice', id, {
    amount_paid: amount,
    amount_remaining: 0,
    attempt_count: invoice.attempt_count + (payment ? 1 : 0),
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  });
  if (payment && amount > 0) {
    const settled = api.store.patch('invoice_payment', payment.id, {
      amount_paid: amount,
      status: 'paid',
      status_transitions: { canceled_at: null, paid_at: now },
    });
    api.emit('invoice_payment.paid', settled);
  }
  const subscription = subscriptionOf(paid);
  api.emit('invoice.paid', paid);
  api.emit('invoice.payment_succeeded', paid);
  if (subscription) {
    keepCard(api, subscription, payment?.payment.payment_intent);
    subscriptionPaid(api, subscription, id);
  }
  if (paid.customer && api.store.get('customer', paid.customer).delinquent)
    api.update('customer', paid.customer, { delinquent: false });
  return api.store.get('invoice', id);
}

/** The card that paid becomes the subscription's own, where it was asked for. */
function keepCard(api: Api, subscription: string, intent: string | undefined): void {
  const sub = api.store.get('subscription', subscription);
  const method = api.store.find('payment_intent', intent)?.payment_method;
  if (sub.payment_settings?.save_default_payment_method !== 'on_subscription' || !method) return;
  if (sub.default_payment_method !== method)
    api.update('subscription', subscription, { default_payment_method: method });
}

function markFailed(api: Api, id: string, needsAction: boolean): void {
  const invoice = api.store.get('invoice', id);
  const { retry_days } = dunning(api);
  // What was sent is paid by the customer: nothing is tried again, and only its due date makes it overdue.
  const sent = invoice.collection_method === 'send_invoice';
  const renewal = invoice.billing_reason !== 'subscription_create' && invoice.auto_advance && !sent;
  const days = renewal ? retry_days[invoice.attempt_count] : undefined;
  const failed = api.update('invoice', id, {
    attempt_count: invoice.attempt_count + 1,
    attempted: true,
    next_payment_attempt: days === undefined ? null : api.now(invoice.test_clock) + days * 86_400,
  });
  api.emit('invoice.payment_failed', failed);
  if (needsAction) api.emit('invoice.payment_action_required', failed);
  if (sent) return;
  if (failed.customer) api.update('customer', failed.customer, { delinquent: true });
  const subscription = subscriptionOf(failed);
  if (subscription) subscriptionUnpaid(api, subscription, renewal === true && days === undefined);
}

/** Brings an invoice in line with the outcome of its payment intent. Nothing happens for other intents. */
export function settleIntent(api: Api, intent: PaymentIntent): void {
  const invoice = invoiceOfIntent(api, intent.id);
  if (!invoice || invoice.status !== 'open') return;
  if (intent.status === 'succeeded') markPaid(api, invoice.id, intent.amount);
  else markFailed(api, invoice.id, intent.status === 'requires_action');
}

/** Attempts an open invoice once. The outcome stands in the invoice; nothing is thrown for a decline. */
export function attemptInvoice(
  api: Api,
  id: string,
  presence: Presence,
  methodId?: string | null,
): Invoice {
  const invoice = api.store.get('invoice', id);
  if (invoice.status !== 'open') return invoice;
  if (invoice.amount_due === 0) return markPaid(api, id, 0);
  const method = methodId ?? defaultMethod(api, invoice);
  const intent = intentOf(api, id);
  if (!intent) throw new Error(`invoice ${id} has no payment intent`);
  if (method) settleIntent(api, confirmIntent(api, intent.id, method, presence));
  else markFailed(api, id, false);
  return api.store.get('invoice', id);
}

/** `POST /v1/invoices/:id/pay`. Throws Stripe's 402 when the card is declined. */
export function payInvoice(
  api: Api,
  id: string,
  options: { method?: string; outOfBand?: boolean; offSession?: boolean },
): Invoice {
  const invoice = api.store.get('invoice', id);
  if (invoice.status === 'paid')
    throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalid(`This invoice can no longer be paid: its status is ${invoice.status}.`);
  if (options.outOfBand) {
    const intent = intentOf(api, id);
    if (intent && intent.status !== 'succeeded') cancelIntent(api, intent.id, 'abandoned');
    for (const payment of paymentsOf(api, id))
      api.store.patch('invoice_payment', payment.id, {
        status: 'canceled',
        is_default: false,
        status_transitions: { canceled_at: api.now(invoice.test_clock), paid_at: null },
      });
    return markPaid(api, id, invoice.amount_due);
  }
  const method = options.method
    ? resolveMethod(api, options.method).id
    : defaultMethod(api, invoice);
  if (!method && invoice.amount_due > 0)
    throw invalid(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set a default payment method, or specify a `payment_method`.',
      undefined,
      'resource_missing',
    );
  api.store.patch('invoice', id, { status: 'open' });
  const after = attemptInvoice(api, id, { offSession: options.offSession ?? true }, method);
  const intent = intentOf(api, id);
  const error = intent?.last_payment_error;
  if (after.status !== 'paid' && intent?.status === 'requires_action')
    throw invalid(
      'Payment for this invoice requires additional user action before it can be completed successfully.',
      undefined,
      'invoice_payment_intent_requires_action',
    );
  if (after.status !== 'paid' && error)
    throw cardDeclined((error.decline_code ?? error.code) as DeclineReason, {
      charge: error.charge ?? '',
    });
  return after;
}

/** Voids an open invoice; its payment intent is cancelled with it. */
export function voidInvoice(api: Api, id: string): Invoice {
  const invoice = api.store.get('invoice', id);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalid(
      `You can only pass in open or uncollectible invoices. This invoice isn't: its status is ${invoice.status}.`,
      undefined,
      'invoice_not_editable',
    );
  const intent = intentOf(api, id);
  if (intent && intent.status !== 'succeeded' && intent.status !== 'canceled')
    cancelIntent(api, intent.id, 'void_invoice');
  const now = api.now(invoice.test_clock);
  const change = {
    auto_advance: false,
    next_payment_attempt: null,
    amount_remaining: 0,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: now },
  };
  return api.update('invoice', id, change, 'invoice.voided');
}

/** Gives an open invoice up; its money can still come. Throws 400 `invoice_not_editable`. */
export function markUncollectible(api: Api, id: string): Invoice {
  const invoice = api.store.get('invoice', id);
  if (invoice.status !== 'open')
    throw invalid(
      'You can only mark open invoices as uncollectible.',
      undefined,
      'invoice_not_editable',
    );
  const now = api.now(invoice.test_clock);
  const change = {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: now },
  };
  return api.update('invoice', id, change, 'invoice.marked_uncollectible');
}
