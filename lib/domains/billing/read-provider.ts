import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { fromSeconds, type StoredLine, toStoredLine } from './invoice-lines';
import type { Card, SubscriptionStatus } from './schemas';
import { planOfPrice } from './sync-catalogue';

/** A subscription as the provider has it now. */
export type ProviderSubscription = {
  id: string;
  /** Our id, when we had it made. */
  ownId: string | null;
  status: SubscriptionStatus;
  providerStatus: string;
  plan: ReturnType<typeof planOfPrice>;
  trialEndsAt: Date | null;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  card: Card | null;
  createdAt: Date;
};

export type ProviderInvoice = {
  providerId: string;
  subscriptionProviderId: string | null;
  number: string | null;
  status: 'open' | 'paid' | 'uncollectible' | 'void';
  currency: string;
  subtotal: bigint;
  tax: bigint;
  total: bigint;
  amountPaid: bigint;
  amountDue: bigint;
  lines: StoredLine[];
  periodStart: Date | null;
  periodEnd: Date | null;
  hostedUrl: string | null;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
};

export type ProviderState = {
  subscriptions: ProviderSubscription[];
  invoices: ProviderInvoice[];
  /** The checkout that was asked about. */
  checkout: { id: string; status: 'open' | 'complete' | 'expired' } | null;
};

/** Everything unknown counts as unpaid: a status of tomorrow must not open anything today. */
const statuses: Record<string, SubscriptionStatus> = {
  incomplete: 'incomplete',
  incomplete_expired: 'cancelled',
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  canceled: 'cancelled',
  paused: 'paused',
  unpaid: 'unpaid',
};

const maybeDate = (seconds: number | null | undefined) => (seconds ? fromSeconds(seconds) : null);
const idOf = (reference: string | { id: string } | null | undefined) =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

async function readCard(methodId: string): Promise<Card | null> {
  const method = await callStripe((stripe) => stripe.paymentMethods.retrieve(methodId));
  if (!method.card) return null;
  const { brand, last4, exp_month, exp_year } = method.card;
  return { id: method.id, brand, last4, exp_month, exp_year };
}

/** The card renewals are charged to: the subscription's own, else the customer's. */
async function cardOf(sub: Stripe.Subscription): Promise<Card | null> {
  const own = idOf(sub.default_payment_method);
  if (own) return readCard(own);
  const customer = await callStripe((stripe) =>
    stripe.customers.retrieve(idOf(sub.customer) ?? ''),
  );
  const fallback = customer.deleted ? null : idOf(customer.invoice_settings.default_payment_method);
  return fallback ? readCard(fallback) : null;
}

async function toSubscription(sub: Stripe.Subscription): Promise<ProviderSubscription> {
  const status = statuses[sub.status] ?? 'unpaid';
  const item = sub.items.data[0];
  const end = maybeDate(item?.current_period_end);
  const endedAt = maybeDate(sub.ended_at);
  return {
    id: sub.id,
    ownId: sub.metadata.subscription_id ?? null,
    status,
    providerStatus: sub.status,
    plan: item ? planOfPrice(item.price) : null,
    trialEndsAt: maybeDate(sub.trial_end),
    currentPeriodStart: maybeDate(item?.current_period_start),
    currentPeriodEnd: end,
    cancelAt: endedAt ?? maybeDate(sub.cancel_at) ?? (sub.cancel_at_period_end ? end : null),
    endedAt,
    card: status === 'cancelled' ? null : await cardOf(sub),
    createdAt: fromSeconds(sub.created),
  };
}

function spanOf(invoice: Stripe.Invoice, lines: readonly StoredLine[]) {
  const starts = lines.map((line) => Date.parse(line.period.start));
  const ends = lines.map((line) => Date.parse(line.period.end));
  if (lines.length === 0) {
    return { start: maybeDate(invoice.period_start), end: maybeDate(invoice.period_end) };
  }
  return { start: new Date(Math.min(...starts)), end: new Date(Math.max(...ends)) };
}

function toInvoice(invoice: Stripe.Invoice): ProviderInvoice | null {
  const { status } = invoice;
  if (!invoice.id || !status || status === 'draft') return null;
  if (!['open', 'paid', 'uncollectible', 'void'].includes(status)) return null;
  const lines = invoice.lines.data.map(toStoredLine);
  const span = spanOf(invoice, lines);
  return {
    providerId: invoice.id,
    subscriptionProviderId: idOf(invoice.parent?.subscription_details?.subscription),
    number: invoice.number,
    status: status as ProviderInvoice['status'],
    currency: invoice.currency,
    subtotal: BigInt(invoice.subtotal),
    tax: BigInt(invoice.total - (invoice.total_excluding_tax ?? invoice.total)),
    total: BigInt(invoice.total),
    amountPaid: BigInt(invoice.amount_paid),
    amountDue: BigInt(invoice.amount_due),
    lines,
    periodStart: span.start,
    periodEnd: span.end,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    issuedAt: maybeDate(invoice.status_transitions.finalized_at),
    dueAt: maybeDate(invoice.due_date),
    paidAt: maybeDate(invoice.status_transitions.paid_at),
    createdAt: fromSeconds(invoice.created),
  };
}

/**
 * A card entered on a trial is in a set-up of its own; from here on the subscription is charged to
 * it. Doing it again changes nothing.
 */
async function useEnteredCard(session: Stripe.Checkout.Session): Promise<void> {
  const subscription = session.metadata?.provider_subscription_id;
  const intentId = idOf(session.setup_intent);
  if (session.status !== 'complete' || session.mode !== 'setup' || !subscription || !intentId) {
    return;
  }
  const current = await callStripe((stripe) => stripe.subscriptions.retrieve(subscription));
  if (current.default_payment_method || statuses[current.status] === 'cancelled') return;
  const intent = await callStripe((stripe) => stripe.setupIntents.retrieve(intentId));
  const method = idOf(intent.payment_method);
  if (!method || intent.status !== 'succeeded') return;
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      subscription,
      { default_payment_method: method },
      { idempotencyKey: `card-${session.id}` },
    ),
  );
}

function checkoutStatus(status: string | null): 'open' | 'complete' | 'expired' {
  return status === 'complete' || status === 'expired' ? status : 'open';
}

async function readCheckout(checkoutId: string): Promise<ProviderState['checkout']> {
  const session = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  await useEnteredCard(session);
  return { id: session.id, status: checkoutStatus(session.status) };
}

/**
 * What the provider says of a customer at this moment. Never called inside a database transaction.
 * @param checkoutId a checkout that may have been completed meanwhile
 */
export async function readProvider(
  customerId: string,
  checkoutId: string | null,
): Promise<ProviderState> {
  // First, for completing it brings forth what the lists below show.
  const checkout = checkoutId ? await readCheckout(checkoutId) : null;
  const listed = await callStripe((stripe) =>
    stripe.subscriptions
      .list({ customer: customerId, status: 'all', limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  const subscriptions: ProviderSubscription[] = [];
  for (const sub of listed) subscriptions.push(await toSubscription(sub));
  const invoices = await callStripe((stripe) =>
    stripe.invoices.list({ customer: customerId, limit: 100 }).autoPagingToArray({ limit: 5_000 }),
  );
  return {
    subscriptions,
    invoices: invoices.map(toInvoice).filter((invoice) => invoice !== null),
    checkout,
  };
}
