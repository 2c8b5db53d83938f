import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { BILLING_MODE, ownMetadata } from './checkout';
import { idOf } from './from-stripe';
import { newItems } from './items';
import type { Offer, Order } from '../port';

/** How an offer is collected: what was quoted by invoices that are due later, all else from the card. */
export function collectionOf({ plan }: Offer) {
  return plan.quoted
    ? { collection_method: 'send_invoice' as const, days_until_due: plan.quoted.netDays }
    : { collection_method: 'charge_automatically' as const };
}

/** The same of a phase that takes over from one that is paid by invoice. */
export function collectionOfPhase(offer: Offer) {
  const { collection_method } = collectionOf(offer);
  const days = offer.plan.quoted?.netDays;
  return days === undefined
    ? { collection_method }
    : { collection_method, invoice_settings: { days_until_due: days } };
}

/** Stripe leaves an invoice open to change for an hour before it sends it; nothing is to be added to this one. */
export async function sendInvoice(invoice: string): Promise<void> {
  try {
    await callStripe((stripe) =>
      stripe.invoices.finalizeInvoice(
        invoice,
        { auto_advance: true },
        { idempotencyKey: `finalise-${invoice}` },
      ),
    );
  } catch (error) {
    // Its hour was over, or somebody was faster.
    if (stripeErrorCode(error) !== 'invoice_not_editable') throw error;
    return;
  }
  await callStripe((stripe) =>
    stripe.invoices.sendInvoice(invoice, {}, { idempotencyKey: `send-${invoice}` }),
  );
}

async function create(order: Order): Promise<Stripe.Subscription> {
  const items = await newItems(order.offer);
  return callStripe((stripe) =>
    stripe.subscriptions.create(
      {
        customer: order.customer,
        items,
        billing_mode: BILLING_MODE,
        ...collectionOf(order.offer),
        metadata: ownMetadata(order),
      },
      { idempotencyKey: `subscription-${order.subscriptionId}` },
    ),
  );
}

/** Its first invoice is final at once and sent by Stripe; later ones are by themselves. */
export async function startByInvoice(order: Order): Promise<void> {
  const invoice = idOf((await create(order)).latest_invoice);
  if (invoice) await sendInvoice(invoice);
}
