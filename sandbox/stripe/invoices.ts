import type { Api } from '@/sandbox/stripe/api';
import { emptyList } from '@/sandbox/stripe/api';
import { customerFacts } from '@/sandbox/stripe/invoice-customer';
import { discountAmounts, runningDiscounts, spendOnce } from '@/sandbox/stripe/discounts';
import { invalid } from '@/sandbox/http/errors';
import { INVOICE } from '@/sandbox/stripe/resting-billing';
import { moveBalance } from '@/sandbox/stripe/customer-balance';
import { newId } from '@/sandbox/stripe/ids';
import { type NewLine, pendingLine } from '@/sandbox/stripe/invoice-lines';
import type { Period } from '@/sandbox/stripe/metering';
import { createIntent } from '@/sandbox/stripe/payment-intents';
import { taxesOf } from '@/sandbox/stripe/taxes';
import type { Invoice, InvoiceLine, Subscription, TaxRate } from '@/sandbox/stripe/wire';

/** Stripe leaves a renewal's draft open for an hour, so that usage can still be added. */
const DRAFT_SECONDS = 3600;

export type NewInvoice = {
  customer: string;
  subscription?: Subscription;
  reason: string;
  lines: NewLine[];
  currency: string;
  period?: Period;
  autoAdvance?: boolean;
  collection?: string;
  daysUntilDue?: number;
  description?: string | null;
  discounts?: string[];
  metadata?: Record<string, string>;
  taxRates?: TaxRate[];
  /** Take the pending invoice items along. */
  pending?: boolean;
};

function takePending(api: Api, invoice: string, input: NewInvoice): NewLine[] {
  const mine = api.store.all('invoiceitem').filter((item) => {
    const subscription = item.parent?.subscription_details?.subscription;
    return (
      item.customer === input.customer &&
      item.currency === input.currency &&
      !item.invoice &&
      (!subscription || subscription === input.subscription?.id)
    );
  });
  return mine.map((item) => {
    api.store.patch('invoiceitem', item.id, { invoice });
    return pendingLine(item, item.parent?.subscription_details?.subscription_item ?? null);
  });
}

const isProration = ({ parent }: NewLine | InvoiceLine) =>
  (parent?.subscription_item_details ?? parent?.invoice_item_details)?.proration ?? false;

/** Sums, discounts and taxes of a draft, anew from its lines. Amounts in minor units. */
export function total(api: Api, invoice: Invoice, lines: (NewLine | InvoiceLine)[]): Invoice {
  const discounts = invoice.discounts;
  const taken = discountAmounts(
    api,
    discounts,
    lines.map((line) => ({
      amount: line.discountable ? line.amount : 0,
      percentOnly: isProration(line),
      product: line.pricing?.price_details?.product ?? null,
    })),
  );
  const nets = lines.map(
    (line, index) => line.amount - (taken[index] ?? []).reduce((all, each) => all + each.amount, 0),
  );
  const tax = taxesOf(invoice, nets);
  const data = lines.map(
    (line, index): InvoiceLine => ({
      ...line,
      discount_amounts: taken[index] ?? [],
      discounts: [],
      invoice: invoice.id,
      pretax_credit_amounts: (taken[index] ?? []).map((each) => ({ ...each, type: 'discount' })),
      taxes: tax.lines[index] ?? [],
    }),
  );
  const perDiscount = discounts.map((discount) => ({
    discount,
    amount: taken
      .flat()
      .reduce((sum, each) => sum + (each.discount === discount ? each.amount : 0), 0),
  }));
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const untaxed = nets.reduce((all, net) => all + net, 0);
  const sum = untaxed + tax.amount;
  return {
    ...invoice,
    amount_due: Math.max(0, sum),
    amount_remaining: Math.max(0, sum),
    lines: emptyList(`/v1/invoices/${invoice.id}/lines`, data),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total: sum,
    total_discount_amounts: perDiscount,
    total_excluding_tax: untaxed,
    total_pretax_credit_amounts: perDiscount.map((each) => ({ ...each, type: 'discount' })),
    total_taxes: tax.totals,
  };
}

/** A draft of `lines` and, unless told otherwise, of what is pending for the customer, with its sums; an hour open where it advances by itself. */
export function draftInvoice(api: Api, input: NewInvoice): Invoice {
  const customer = api.store.get('customer', input.customer);
  const sub = input.subscription;
  const id = newId('in');
  const now = api.now(customer.test_clock);
  const collection = input.collection ?? sub?.collection_method ?? 'charge_automatically';
  const days =
    input.daysUntilDue ?? sub?.days_until_due ?? (collection === 'send_invoice' ? 30 : null);
  const autoAdvance = input.autoAdvance ?? true;
  const running = runningDiscounts(api, input.discounts ?? sub?.discounts ?? [], now);
  const lines = [...(input.pending === false ? [] : takePending(api, id, input)), ...input.lines];
  const draft: Invoice = {
    ...INVOICE,
    id,
    created: now,
    currency: input.currency,
    lines: emptyList(`/v1/invoices/${id}/lines`),
    auto_advance: autoAdvance,
    automatically_finalizes_at: autoAdvance ? now + DRAFT_SECONDS : null,
    billing_reason: input.reason,
    collection_method: collection,
    customer: customer.id,
    ...customerFacts(api, customer.id),
    customer_shipping: null,
    default_tax_rates: input.taxRates ?? sub?.default_tax_rates ?? [],
    description: input.description ?? null,
    discounts: running,
    due_date: days === null ? null : now + days * 86_400,
    metadata: input.metadata ?? {},
    // Until it is finalised: what could be applied then.
    starting_balance: customer.balance,
    parent: sub
      ? {
          quote_details: null,
          subscription_details: { metadata: sub.metadata, subscription: sub.id },
          type: 'subscription_details',
        }
      : null,
    period_end: input.period?.end ?? now,
    period_start: input.period?.start ?? now,
    test_clock: customer.test_clock ?? null,
  };
  const invoice = api.create('invoice', total(api, draft, lines));
  if (sub) api.store.patch('subscription', sub.id, { latest_invoice: id });
  spendOnce(api, invoice);
  return invoice;
}

/** Numbers the invoice, applies the customer's balance, and opens it with a payment intent for what is left to pay. */
export function finalizeInvoice(api: Api, id: string): Invoice {
  const draft = api.store.get('invoice', id);
  if (draft.status !== 'draft')
    throw invalid(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      undefined,
      'invoice_not_editable',
    );
  const customer = api.store.get('customer', draft.customer ?? '');
  const now = api.now(draft.test_clock);
  const sequence = customer.next_invoice_sequence ?? 1;
  api.store.patch('customer', customer.id, {
    next_invoice_sequence: sequence + 1,
    currency: customer.currency ?? draft.currency,
  });
  // A negative total becomes credit; credit pays as much of a positive one as it can.
  const applied =
    draft.total < 0 ? draft.total : Math.max(-draft.total, Math.min(0, customer.balance));
  if (draft.total < 0)
    moveBalance(api, customer.id, draft.total, 'applied_to_invoice', {
      invoice: id,
      currency: draft.currency,
    });
  else if (applied < 0)
    moveBalance(api, customer.id, -applied, 'applied_to_invoice', {
      invoice: id,
      currency: draft.currency,
    });
  const due = draft.total < 0 ? 0 : draft.total + applied;
  spendOnce(api, draft);
  const open = api.update(
    'invoice',
    id,
    {
      ...customerFacts(api, customer.id),
      amount_due: due,
      amount_remaining: due,
      automatically_finalizes_at: null,
      effective_at: now,
      ending_balance: api.store.get('customer', customer.id).balance,
      hosted_invoice_url: `${api.url}/invoice/${id}`,
      number: `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
      starting_balance: customer.balance,
      status: 'open',
      status_transitions: { ...draft.status_transitions, finalized_at: now },
    },
    'invoice.finalized',
  );
  if (due > 0) addPayment(api, open);
  return api.store.get('invoice', id);
}

function addPayment(api: Api, invoice: Invoice): void {
  const intent = createIntent(api, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    order: invoice.id,
    description:
      invoice.billing_reason === 'subscription_create'
        ? 'Subscription creation'
        : invoice.parent
          ? 'Subscription update'
          : `Payment for Invoice ${invoice.number}`,
    setup_future_usage: invoice.billing_reason === 'subscription_create' ? 'off_session' : null,
  });
  api.store.put('invoice_payment', {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: intent.created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}
