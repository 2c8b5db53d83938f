import { callStripe, type Stripe } from '@/lib/infra/stripe';
import type { PendingLine, PendingLines } from '../pending-lines';
import { sendInvoice } from './by-invoice';
import { findCard } from './customers';
import { idOf } from './from-stripe';

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

/** Made before, by an attempt whose answer was lost: an idempotency key is forgotten after a day, its metadata isn't. */
async function findLine({ customer, key }: PendingLine): Promise<string | null> {
  const items = await callStripe((stripe) =>
    stripe.invoiceItems.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
  return items.find(({ metadata }) => metadata?.overage_key === key)?.id ?? null;
}

/**
 * A renewal that began when the line was pending already, or the invoice that closes what ended with its period, while it isn't final
 * yet: a month is closed before it.
 */
async function findRenewal({ providerId, since }: PendingLine): Promise<string | null> {
  if (!providerId) return null;
  const { data } = await callStripe((stripe) =>
    stripe.invoices.list({ subscription: providerId, status: 'draft', limit: 10 }),
  );
  const renewal = data.find(
    (draft) => draft.billing_reason === 'subscription_cycle' && draft.period_end >= seconds(since),
  );
  return renewal?.id ?? null;
}

/** With the subscription as long as that is billed, else with its customer. */
const placeOf = ({ providerId, ended }: Pick<PendingLine, 'providerId' | 'ended'>) =>
  providerId && !ended ? { subscription: providerId } : null;

export const addPendingLine: PendingLines['add'] = async (line) => {
  const found = await findLine(line);
  if (found) return found;
  const invoice = await findRenewal(line);
  const { customer, amount, currency, description, period, key } = line;
  const place = invoice ? { invoice } : placeOf(line);
  const item: Stripe.InvoiceItemCreateParams = {
    customer,
    amount,
    currency,
    description,
    discountable: false,
    period: { start: seconds(period.start), end: seconds(period.end) },
    metadata: { usage_basis: JSON.stringify(line.usage), overage_key: key },
    ...place,
  };
  // Where it goes is in the key: a second attempt may find a draft that the first didn't.
  const idempotencyKey = `overage-${key}-${invoice ?? 'pending'}`;
  const made = await callStripe((stripe) => stripe.invoiceItems.create(item, { idempotencyKey }));
  return made.id;
};

/**
 * An invoice of a subscription takes what is pending for it along by itself, and is charged to its card; one after its end has
 * to be told both.
 */
async function afterTheEnd(customer: string, byInvoice: boolean, now: Date) {
  const card = byInvoice ? null : await findCard(customer, now);
  return {
    pending_invoice_items_behavior: 'include' as const,
    ...(card ? { default_payment_method: card } : {}),
  };
}

/** The invoice that has taken the line along, or a new one of what is pending. */
async function invoiceOf(of: Parameters<PendingLines['invoice']>[0]): Promise<Stripe.Invoice> {
  const { customer, currency, key, lineId, invoiceDays, now } = of;
  const item = await callStripe((stripe) => stripe.invoiceItems.retrieve(lineId));
  const taken = idOf(item.invoice);
  if (taken) return callStripe((stripe) => stripe.invoices.retrieve(taken));
  const byInvoice = invoiceDays !== null;
  const place = placeOf(of) ?? (await afterTheEnd(customer, byInvoice, now));
  // An invoice doesn't take over by itself how its subscription is collected.
  const collected = byInvoice
    ? { collection_method: 'send_invoice' as const, days_until_due: invoiceDays }
    : {};
  return callStripe((stripe) =>
    stripe.invoices.create(
      {
        customer,
        currency,
        auto_advance: true,
        ...place,
        ...collected,
        metadata: { overage_key: key },
      },
      { idempotencyKey: `overage-${key}-invoice` },
    ),
  );
}

export const invoicePending: PendingLines['invoice'] = async (of) => {
  const invoice = await invoiceOf(of);
  if (invoice.status !== 'draft' || invoice.billing_reason === 'subscription_cycle') return;
  if (invoice.collection_method === 'send_invoice') return sendInvoice(invoice.id);
  await callStripe((stripe) =>
    stripe.invoices.finalizeInvoice(
      invoice.id,
      { auto_advance: true },
      { idempotencyKey: `overage-${of.key}-final` },
    ),
  );
};
