import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { createItem, pendingLine } from '@/sandbox/stripe/invoice-lines';
import { total } from '@/sandbox/stripe/invoices';
import { priceAmount } from '@/sandbox/stripe/pricing';
import type { Invoice } from '@/sandbox/stripe/wire';

/** An invoice that still takes lines. Throws 400 `invoice_not_editable`. */
export function requireDraft(api: Api, id: string): Invoice {
  const invoice = api.require('invoice', id);
  if (invoice.status !== 'draft')
    throw invalid(
      "You can't change this invoice: it is no longer a draft.",
      undefined,
      'invoice_not_editable',
    );
  return invoice;
}

/** An item for a draft that exists joins it at once; others wait for the next invoice. */
function addItem(api: Api, p: Stripe.InvoiceItemCreateParams) {
  const invoice = p.invoice ? requireDraft(api, p.invoice) : undefined;
  const customer = api.require('customer', p.customer ?? invoice?.customer ?? '', 'customer');
  const price = p.pricing?.price
    ? api.require('price', p.pricing.price, 'pricing[price]')
    : undefined;
  const quantity = p.quantity ?? 1;
  const unit =
    p.unit_amount_decimal === undefined ? undefined : Number(String(p.unit_amount_decimal));
  const amount =
    p.amount ??
    (price
      ? priceAmount(api, price, quantity)
      : unit === undefined
        ? undefined
        : Math.round(unit * quantity));
  if (amount === undefined)
    throw invalid('Missing required param: amount.', 'amount', 'parameter_missing');
  const item = createItem(api, {
    customer: customer.id,
    amount,
    currency: price?.currency ?? p.currency ?? invoice?.currency ?? customer.currency ?? 'usd',
    description:
      p.description ?? (price ? (api.store.find('product', price.product)?.name ?? null) : null),
    invoice: invoice?.id ?? null,
    ...(p.period ? { period: p.period } : {}),
    ...(price ? { price } : {}),
    quantity,
    metadata: mergeMetadata({}, p.metadata),
    discountable: p.discountable ?? true,
    subscription: p.subscription
      ? api.require('subscription', p.subscription, 'subscription').id
      : null,
  });
  if (invoice) retotal(api, invoice.id);
  return item;
}

/** Lines keep their places; a deleted item takes its line along, and a new one stands last. */
function retotal(api: Api, id: string): void {
  const invoice = api.store.get('invoice', id);
  const items = new Map(
    api.store
      .all('invoiceitem')
      .filter((item) => item.invoice === id && !item.proration)
      .map((item) => [item.id, item]),
  );
  const kept = invoice.lines.data.flatMap((line) => {
    const of = line.parent?.invoice_item_details?.invoice_item;
    if (!of) return [line];
    const item = items.get(of);
    items.delete(of);
    return item ? [{ ...pendingLine(item, null), id: line.id }] : [];
  });
  const added = [...items.values()].map((item) => pendingLine(item, null));
  api.update('invoice', id, total(api, invoice, [...kept, ...added]));
}

export const invoiceItemRoutes = [
  route<Stripe.InvoiceItemCreateParams>(
    'POST /v1/invoiceitems',
    'customer invoice subscription amount currency description quantity pricing unit_amount_decimal period metadata discountable',
    (p, { api }) => addItem(api, p),
  ),
  listRoute(
    'GET /v1/invoiceitems',
    'customer invoice pending created',
    'invoiceitem',
    (p: Stripe.InvoiceItemListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (!p.invoice || row.invoice === p.invoice) &&
      (p.pending === undefined || (row.invoice === null) === p.pending),
  ),
  route('GET /v1/invoiceitems/:id', '', (_, { api, id }) => api.require('invoiceitem', id)),
  route<Stripe.InvoiceItemUpdateParams>(
    'POST /v1/invoiceitems/:id',
    'amount description metadata',
    (p, { api, id }) => {
      const item = api.require('invoiceitem', id);
      if (item.invoice) requireDraft(api, item.invoice);
      const amount = p.amount ?? item.amount;
      const after = api.store.patch('invoiceitem', id, {
        amount,
        net_amount: amount,
        description: p.description ?? item.description,
        metadata: mergeMetadata(item.metadata, p.metadata),
      });
      if (item.invoice) retotal(api, item.invoice);
      return after;
    },
  ),
  route('DELETE /v1/invoiceitems/:id', '', (_, { api, id }) => {
    const item = api.require('invoiceitem', id);
    if (item.invoice) requireDraft(api, item.invoice);
    api.store.remove('invoiceitem', id);
    api.emit('invoiceitem.deleted', item);
    if (item.invoice) retotal(api, item.invoice);
    return { id, object: 'invoiceitem', deleted: true };
  }),
];
