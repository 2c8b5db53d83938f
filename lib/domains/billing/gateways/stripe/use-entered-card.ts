import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { idOf, statusOf } from './from-stripe';
import { payOpenInvoices } from './pay-open-invoices';

/**
 * A card entered for what runs is in a set-up of its own; from here on customer and subscription are
 * charged to it, at once for what is overdue. Doing it again changes nothing.
 */
export async function useEnteredCard(session: Stripe.Checkout.Session): Promise<void> {
  const subscription = session.metadata?.provider_subscription_id;
  const intentId = idOf(session.setup_intent);
  if (session.status !== 'complete' || session.mode !== 'setup' || !subscription || !intentId) {
    return;
  }
  const current = await callStripe((stripe) => stripe.subscriptions.retrieve(subscription));
  const customer = idOf(current.customer);
  if (!customer || statusOf(current.status) === 'cancelled') return;
  const intent = await callStripe((stripe) => stripe.setupIntents.retrieve(intentId));
  const method = idOf(intent.payment_method);
  if (!method || intent.status !== 'succeeded') return;
  await callStripe((stripe) =>
    stripe.customers.update(
      customer,
      { invoice_settings: { default_payment_method: method } },
      { idempotencyKey: `card-of-customer-${session.id}` },
    ),
  );
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      subscription,
      { default_payment_method: method },
      { idempotencyKey: `card-${session.id}` },
    ),
  );
  if (['past_due', 'unpaid'].includes(current.status)) {
    // Declined, it stays overdue.
    await payOpenInvoices(subscription, { method, key: `card-pays-${session.id}` });
  }
}
