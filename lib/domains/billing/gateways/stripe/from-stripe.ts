import type { Stripe } from '@/lib/infra/stripe';
import { dateOf } from '@/lib/kernel/unix-time';
import { addressLines } from '../../buyer/address-lines';
import type { InvoiceBuyer } from '../../invoice-parties';
import type { ProviderInvoice, ProviderSubscription, Terms } from '../../provider-state';
import type { Card, SubscriptionStatus } from '../../schemas';
import { discountOf, WITH_DISCOUNT } from './discounts';
import { planItem, termsOfItems } from './items';
import { toInvoiceLine } from './to-invoice-line';

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

const maybeDate = (seconds: number | null | undefined) => (seconds ? dateOf(seconds) : null);
/** The id behind a reference, whole or not. */
export const idOf = (reference: string | { id: string } | null | undefined) =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

/** A reference that was asked for whole. */
const wholeOf = <T extends object>(reference: string | T | null | undefined): T | null =>
  typeof reference === 'object' ? reference : null;

/** The card renewals are charged to: the subscription's own, else the customer's. */
function cardOf(sub: Stripe.Subscription): Card | null {
  const customer = wholeOf(sub.customer);
  const fallback =
    customer && !customer.deleted ? customer.invoice_settings.default_payment_method : null;
  const method = wholeOf(sub.default_payment_method ?? fallback);
  if (!method?.card) return null;
  const { brand, last4, exp_month, exp_year } = method.card;
  return { id: method.id, brand, last4, exp_month, exp_year };
}

/** What subscriptions must be listed with, so that card and discount come along. */
export const LISTED_WITH = [
  'data.default_payment_method',
  'data.customer.invoice_settings.default_payment_method',
  ...WITH_DISCOUNT.map((path) => `data.${path}`),
];

/** Our word for the status of a subscription there. */
export function statusOf(status: string): SubscriptionStatus {
  return statuses[status] ?? 'unpaid';
}

/** A subscription that was listed with `LISTED_WITH`, the terms that its schedule has for it, and what its customer was invoiced. */
export function toProviderSubscription(
  sub: Stripe.Subscription,
  next: Terms | null,
  invoices: readonly ProviderInvoice[],
): ProviderSubscription {
  const status = statusOf(sub.status);
  // Items share the period of the plan's.
  const item = planItem(sub) ?? sub.items.data[0];
  const end = maybeDate(item?.current_period_end);
  const endedAt = maybeDate(sub.ended_at);
  return {
    id: sub.id,
    ownId: sub.metadata.subscription_id ?? null,
    status,
    providerStatus: sub.status,
    plan: termsOfItems(sub.items.data),
    next: status === 'cancelled' ? null : next,
    trialEndsAt: maybeDate(sub.trial_end),
    currentPeriodStart: maybeDate(item?.current_period_start),
    currentPeriodEnd: end,
    cancelAt: endedAt ?? maybeDate(sub.cancel_at) ?? (sub.cancel_at_period_end ? end : null),
    endedAt,
    card: status === 'cancelled' ? null : cardOf(sub),
    discount: status === 'cancelled' ? null : discountOf(sub),
    owed: null,
    invoiceDays: sub.collection_method === 'send_invoice' ? sub.days_until_due : null,
    createdAt: dateOf(sub.created),
    moments: {
      begun: dateOf(sub.created),
      paused: maybeDate(sub.status_details?.paused?.transitioned_at),
      // A period begins with it.
      resumed: maybeDate(item?.current_period_start),
      overdue: overdueSince(sub.id, invoices),
    },
  };
}

/**
 * Since when a subscription's oldest open invoice is owed: a card is charged for it as soon as it is final, one that is sent is due on
 * its day. Later attempts don't move that.
 */
function overdueSince(id: string, invoices: readonly ProviderInvoice[]): Date | null {
  const owed = invoices
    .filter(({ subscriptionProviderId, status, amountDue }) => {
      const open = status === 'open' || status === 'uncollectible';
      return subscriptionProviderId === id && open && amountDue > 0n;
    })
    .map(({ dueAt, issuedAt, createdAt }) => (dueAt ?? issuedAt ?? createdAt).getTime());
  return owed.length > 0 ? new Date(Math.min(...owed)) : null;
}

/** Our word for what the provider does about a customer's tax. */
const treatments: Record<string, InvoiceBuyer['tax_treatment']> = {
  reverse: 'reverse_charge',
  exempt: 'exempt',
};

function buyerOf(invoice: Stripe.Invoice): InvoiceBuyer {
  return {
    name: invoice.customer_name ?? '',
    address: invoice.customer_address ? addressLines(invoice.customer_address) : [],
    tax_ids: (invoice.customer_tax_ids ?? []).flatMap(({ value }) => value ?? []),
    email: invoice.customer_email,
    tax_treatment: treatments[invoice.customer_tax_exempt ?? ''] ?? null,
  };
}

/** An invoice with all of its `lines`; null for a draft, which may still change and isn't owed. */
export function toProviderInvoice(
  invoice: Stripe.Invoice,
  items: readonly Stripe.InvoiceLineItem[],
): ProviderInvoice | null {
  const { status } = invoice;
  if (!invoice.id || !status || status === 'draft') return null;
  if (!['open', 'paid', 'uncollectible', 'void'].includes(status)) return null;
  const lines = items.map(toInvoiceLine);
  const { starting_balance: starting, total_discount_amounts: discounts } = invoice;
  const taken = (discounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    providerId: invoice.id,
    subscriptionProviderId: idOf(invoice.parent?.subscription_details?.subscription),
    providerNumber: invoice.number,
    status: status as ProviderInvoice['status'],
    currency: invoice.currency,
    subtotal: BigInt(invoice.subtotal),
    discount: BigInt(taken),
    tax: BigInt(invoice.total - (invoice.total_excluding_tax ?? invoice.total)),
    total: BigInt(invoice.total),
    balanceApplied: BigInt((invoice.ending_balance ?? starting) - starting),
    amountPaid: BigInt(invoice.amount_paid),
    amountDue: BigInt(invoice.amount_due),
    lines,
    buyer: buyerOf(invoice),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    issuedAt: maybeDate(invoice.status_transitions.finalized_at),
    dueAt: maybeDate(invoice.due_date),
    paidAt: maybeDate(invoice.status_transitions.paid_at),
    createdAt: dateOf(invoice.created),
  };
}
