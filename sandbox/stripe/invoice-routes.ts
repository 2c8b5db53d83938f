import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { createPreview } from '@/sandbox/stripe/preview';
import { redeem } from '@/sandbox/stripe/discounts';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, paginate, route } from '@/sandbox/http/route';
import { requireDraft } from '@/sandbox/stripe/invoice-item-routes';
import {
  attemptInvoice,
  markUncollectible,
  payInvoice,
  voidInvoice,
} from '@/sandbox/stripe/invoice-payments';
import { ratesOf } from '@/sandbox/stripe/tax-rate-routes';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import type { Invoice } from '@/sandbox/stripe/wire';

function createInvoice(api: Api, p: Stripe.InvoiceCreateParams): Invoice {
  const customer = api.require('customer', p.customer ?? '', 'customer');
  if (p.collection_method === 'send_invoice' && p.days_until_due === undefined && !p.due_date)
    throw invalid(
      'When creating an invoice with `collection_method` set to `send_invoice`, you must also specify `days_until_due` or `due_date`.',
      'days_until_due',
      'parameter_missing',
    );
  const sub = p.subscription
    ? api.require('subscription', p.subscription, 'subscription')
    : undefined;
  const items = api.store
    .all('invoiceitem')
    .filter((item) => item.customer === customer.id && !item.invoice);
  const discounts = p.discounts
    ? redeem(api, p.discounts as { coupon?: string }[], { customer: customer.id })
    : [];
  const taxRates = ratesOf(api, p.default_tax_rates);
  const draft = draftInvoice(api, {
    customer: customer.id,
    ...(sub ? { subscription: sub } : {}),
    reason: sub ? 'subscription_update' : 'manual',
    lines: [],
    currency: p.currency ?? items[0]?.currency ?? customer.currency ?? 'usd',
    autoAdvance: p.auto_advance ?? false,
    collection: p.collection_method ?? 'charge_automatically',
    ...(p.days_until_due === undefined ? {} : { daysUntilDue: p.days_until_due }),
    description: p.description ?? null,
    discounts,
    metadata: mergeMetadata({}, p.metadata),
    ...(taxRates ? { taxRates } : {}),
    pending: p.pending_invoice_items_behavior === 'include' || Boolean(sub),
  });
  const method = p.default_payment_method;
  return method
    ? api.store.patch('invoice', draft.id, {
        default_payment_method: api.require('payment_method', method, 'default_payment_method').id,
      })
    : draft;
}

function updateInvoice(api: Api, id: string, p: Stripe.InvoiceUpdateParams): Invoice {
  const invoice = api.require('invoice', id);
  const frozen = Object.keys(p).find(
    (key) => !['metadata', 'auto_advance', 'default_payment_method'].includes(key),
  );
  if (frozen) requireDraft(api, id);
  if (p.default_payment_method)
    api.require('payment_method', p.default_payment_method, 'default_payment_method');
  return api.update('invoice', id, {
    auto_advance: p.auto_advance ?? invoice.auto_advance ?? false,
    automatically_finalizes_at:
      p.auto_advance && invoice.status === 'draft'
        ? api.now(invoice.test_clock) + 3600
        : p.auto_advance === false
          ? null
          : invoice.automatically_finalizes_at,
    default_payment_method:
      p.default_payment_method === undefined
        ? invoice.default_payment_method
        : p.default_payment_method || null,
    description: p.description ?? invoice.description,
    footer: p.footer ?? invoice.footer,
    metadata: mergeMetadata(invoice.metadata, p.metadata),
  });
}

export const invoiceRoutes = [
  route<Stripe.InvoiceCreateParams>(
    'POST /v1/invoices',
    'customer subscription currency auto_advance collection_method days_until_due due_date description discounts metadata pending_invoice_items_behavior default_payment_method default_tax_rates',
    (p, { api }) => createInvoice(api, p),
  ),
  listRoute(
    'GET /v1/invoices',
    'customer subscription status collection_method created due_date',
    'invoice',
    (p: Stripe.InvoiceListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (!p.subscription || row.parent?.subscription_details?.subscription === p.subscription) &&
      (!p.status || row.status === p.status) &&
      (!p.collection_method || row.collection_method === p.collection_method),
  ),
  route('GET /v1/invoices/:id', '', (_, { api, id }) => api.require('invoice', id)),
  route<Stripe.InvoiceUpdateParams>(
    'POST /v1/invoices/:id',
    'auto_advance default_payment_method description footer metadata',
    (p, { api, id }) => updateInvoice(api, id, p),
  ),
  route('DELETE /v1/invoices/:id', '', (_, { api, id }) => {
    const draft = requireDraft(api, id);
    for (const item of api.store.all('invoiceitem'))
      if (item.invoice === id) api.store.patch('invoiceitem', item.id, { invoice: null });
    api.store.remove('invoice', id);
    api.emit('invoice.deleted', draft);
    return { id, object: 'invoice', deleted: true };
  }),
  route<Stripe.InvoiceFinalizeInvoiceParams>(
    'POST /v1/invoices/:id/finalize',
    'auto_advance',
    (p, { api, id }) => {
      const invoice = api.require('invoice', id);
      finalizeInvoice(api, id);
      const after =
        p.auto_advance === undefined
          ? api.store.get('invoice', id)
          : api.store.patch('invoice', id, { auto_advance: p.auto_advance });
      const collects = after.auto_advance && invoice.collection_method === 'charge_automatically';
      return after.amount_due === 0 || collects
        ? attemptInvoice(api, id, { offSession: true })
        : after;
    },
  ),
  route<Stripe.InvoicePayParams>(
    'POST /v1/invoices/:id/pay',
    'payment_method paid_out_of_band off_session forgive',
    (p, { api, id }) => {
      if (api.require('invoice', id).status === 'draft') finalizeInvoice(api, id);
      return payInvoice(api, id, {
        ...(p.payment_method ? { method: p.payment_method } : {}),
        outOfBand: p.paid_out_of_band ?? false,
        offSession: p.off_session ?? true,
      });
    },
  ),
  route(
    'POST /v1/invoices/:id/void',
    '',
    (_, { api, id }) => (api.require('invoice', id), voidInvoice(api, id)),
  ),
  route(
    'POST /v1/invoices/:id/mark_uncollectible',
    '',
    (_, { api, id }) => (api.require('invoice', id), markUncollectible(api, id)),
  ),
  route('POST /v1/invoices/:id/send', '', (_, { api, id }) => {
    if (api.require('invoice', id).status === 'draft') finalizeInvoice(api, id);
    const invoice = api.store.get('invoice', id);
    api.emit('invoice.sent', invoice);
    return invoice;
  }),
  route(
    'GET /v1/invoices/:id/lines',
    'limit starting_after ending_before',
    (p, { api, id, path }) => paginate(api.require('invoice', id).lines.data, p, path),
  ),
  listRoute(
    'GET /v1/invoice_payments',
    'invoice status payment.payment_intent payment.type',
    'invoice_payment',
    (p: Stripe.InvoicePaymentListParams, row) =>
      (!p.invoice || row.invoice === p.invoice) &&
      (!p.status || row.status === p.status) &&
      (!p.payment?.payment_intent || row.payment.payment_intent === p.payment.payment_intent),
  ),
  route<Stripe.InvoiceCreatePreviewParams>(
    'POST /v1/invoices/create_preview',
    `customer subscription currency discounts invoice_items.amount invoice_items.unit_amount invoice_items.quantity invoice_items.currency invoice_items.description
     subscription_details.items.id subscription_details.items.price subscription_details.items.quantity subscription_details.items.deleted subscription_details.items.metadata
     subscription_details.proration_behavior subscription_details.proration_date subscription_details.trial_end subscription_details.cancel_at_period_end
     subscription_details.cancel_now subscription_details.billing_cycle_anchor subscription_details.resume_at subscription_details.default_tax_rates
     subscription_details.billing_mode.type subscription_details.billing_mode.flexible.proration_discounts`,
    (p, { api }) => createPreview(api, p),
  ),
  route('GET /v1/invoice_payments/:id', '', (_, { api, id }) => api.require('invoice_payment', id)),
];
