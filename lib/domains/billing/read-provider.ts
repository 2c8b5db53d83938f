import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { toProviderInvoice, toProviderSubscription, WITH_CARD } from './from-stripe';
import type { ProviderInvoice, ProviderState } from './provider-state';
import { useEnteredCard } from './use-entered-card';

function checkoutStatus(status: string | null): 'open' | 'complete' | 'expired' {
  return status === 'complete' || status === 'expired' ? status : 'open';
}

async function readCheckout(checkoutId: string): Promise<ProviderState['checkout']> {
  const session = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  await useEnteredCard(session);
  return { id: session.id, status: checkoutStatus(session.status) };
}

/** An invoice comes with its first ten lines. */
async function linesOf(invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!invoice.lines.has_more) return invoice.lines.data;
  return callStripe((stripe) =>
    stripe.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: 5_000 }),
  );
}

async function readInvoices(customer: string): Promise<ProviderInvoice[]> {
  const listed = await callStripe((stripe) =>
    stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 5_000 }),
  );
  const issued: ProviderInvoice[] = [];
  for (const invoice of listed) {
    const known = toProviderInvoice(invoice, await linesOf(invoice));
    if (known) issued.push(known);
  }
  return issued;
}

/**
 * What the provider says of a customer at this moment. Never called inside a database transaction.
 * @param checkoutId a checkout that may have been completed meanwhile
 */
export async function readProvider(
  customer: string,
  checkoutId: string | null,
): Promise<ProviderState> {
  // First, for completing it brings forth what the lists below show.
  const checkout = checkoutId ? await readCheckout(checkoutId) : null;
  const subscriptions = await callStripe((stripe) =>
    stripe.subscriptions
      .list({ customer, status: 'all', limit: 100, expand: WITH_CARD })
      .autoPagingToArray({ limit: 1_000 }),
  );
  return {
    subscriptions: subscriptions.map(toProviderSubscription),
    invoices: await readInvoices(customer),
    checkout,
  };
}
