import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { idOf, statusOf } from './from-stripe';

/** What an attempt ends with that says something of card or invoice: nothing a repetition would change. */
const SETTLED = new Set([
  'card_declined',
  'expired_card',
  'incorrect_cvc',
  'insufficient_funds',
  'invoice_already_paid',
  'invoice_payment_intent_requires_action',
  'processing_error',
]);

/** Tries what is overdue with the new card, the oldest first. Declined, it stays overdue. */
async function payOverdue(subscription: string, method: string, session: string): Promise<void> {
  const { data } = await callStripe((stripe) =>
    stripe.invoices.list({ subscription, status: 'open', limit: 100 }),
  );
  for (const { id } of data.reverse()) {
    try {
      await callStripe((stripe) =>
        stripe.invoices.pay(
          id,
          { payment_method: method },
          { idempotencyKey: `card-pays-${session}-${id}` },
        ),
      );
    } catch (error) {
      if (!SETTLED.has(stripeErrorCode(error) ?? '')) throw error;
      return;
    }
  }
}

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
    await payOverdue(subscription, method, session.id);
  }
}
