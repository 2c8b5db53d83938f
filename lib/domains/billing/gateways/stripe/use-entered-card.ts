import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { idOf, statusOf } from './from-stripe';

/**
 * A card entered on a trial is in a set-up of its own; from here on the subscription is charged to
 * it. Doing it again changes nothing.
 */
export async function useEnteredCard(session: Stripe.Checkout.Session): Promise<void> {
  const subscription = session.metadata?.provider_subscription_id;
  const intentId = idOf(session.setup_intent);
  if (session.status !== 'complete' || session.mode !== 'setup' || !subscription || !intentId) {
    return;
  }
  const current = await callStripe((stripe) => stripe.subscriptions.retrieve(subscription));
  if (current.default_payment_method || statusOf(current.status) === 'cancelled') return;
  const intent = await callStripe((stripe) => stripe.setupIntents.retrieve(intentId));
  const method = idOf(intent.payment_method);
  if (!method || intent.status !== 'succeeded') return;
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      subscription,
      { default_payment_method: method },
      { idempotencyKey: `card-${session.id}` },
    ),
  );
}
