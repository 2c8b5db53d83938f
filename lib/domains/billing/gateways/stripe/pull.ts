import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { secondsOf } from '@/lib/kernel/unix-time';
import { idOf, toProviderInvoice, toProviderSubscription, LISTED_WITH } from './from-stripe';
import type {
  CheckoutStatus,
  ProviderInvoice,
  ProviderState,
  ProviderSubscription,
} from '../../provider-state';
import type { Gateway } from '../port';
import { readMoneyBack } from './money-back';
import { readNext } from './read-next';
import { useEnteredCard } from './use-entered-card';

function checkoutStatus(status: string | null): CheckoutStatus {
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

async function readInvoices(customer: string, since: Date | null): Promise<ProviderInvoice[]> {
  const from = since ? { created: { gte: secondsOf(since) } } : {};
  const listed = await callStripe((stripe) =>
    stripe.invoices.list({ customer, ...from, limit: 100 }).autoPagingToArray({ limit: 5_000 }),
  );
  const issued: ProviderInvoice[] = [];
  for (const invoice of listed) {
    const known = toProviderInvoice(invoice, await linesOf(invoice));
    if (known) issued.push(known);
  }
  return issued;
}

/**
 * Whatever card pays an invoice of ours is charged from then on. A subscription that a sale page made
 * doesn't do so by itself, and the page can't be told.
 */
async function keepNewCards(sub: Stripe.Subscription): Promise<void> {
  const kept = sub.payment_settings?.save_default_payment_method === 'on_subscription';
  if (kept || !['active', 'past_due', 'unpaid'].includes(sub.status)) return;
  await callStripe((stripe) =>
    stripe.subscriptions.update(sub.id, {
      payment_settings: { save_default_payment_method: 'on_subscription' },
    }),
  );
}

async function readSubscriptions(customer: string): Promise<Stripe.Subscription[]> {
  return callStripe((stripe) =>
    stripe.subscriptions
      .list({ customer, status: 'all', limit: 100, expand: LISTED_WITH })
      .autoPagingToArray({ limit: 1_000 }),
  );
}

async function describe(
  sub: Stripe.Subscription,
  invoices: readonly ProviderInvoice[],
): Promise<ProviderSubscription> {
  await keepNewCards(sub);
  const schedule = idOf(sub.schedule);
  return toProviderSubscription(sub, schedule ? await readNext(schedule) : null, invoices);
}

export const pull: Gateway['pull'] = async (customer, { checkoutId, since, paidSince }) => {
  // First, for completing it brings forth what the lists below show.
  const checkout = checkoutId ? await readCheckout(checkoutId) : null;
  const listed = await readSubscriptions(customer);
  const invoices = await readInvoices(customer, since);
  const subscriptions: ProviderSubscription[] = [];
  for (const sub of listed) subscriptions.push(await describe(sub, invoices));
  return {
    gateway: 'stripe',
    subscriptions,
    invoices,
    ...(await readMoneyBack(customer, paidSince)),
    checkout,
    lookAgainAt: null,
  };
};
