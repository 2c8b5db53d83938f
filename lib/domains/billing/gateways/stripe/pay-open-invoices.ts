import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';

/** What an attempt ends with that says something of the card: nothing a repetition would change. */
const DECLINED = new Set([
  'card_declined',
  'expired_card',
  'incorrect_cvc',
  'insufficient_funds',
  'invoice_payment_intent_requires_action',
  'processing_error',
]);

/** Tries one invoice; one that was paid in this moment is no fault. Gives the error of a card that was refused. */
async function pay(
  id: string,
  params: Stripe.InvoicePayParams,
  options: Stripe.RequestOptions,
): Promise<unknown> {
  try {
    await callStripe((stripe) => stripe.invoices.pay(id, params, options));
    return null;
  } catch (error) {
    const code = stripeErrorCode(error) ?? '';
    if (code === 'invoice_already_paid') return null;
    if (DECLINED.has(code)) return error;
    throw error;
  }
}

/**
 * Tries all that is open of a subscription, the oldest first, with the card on file or with `method`. Stops at the first that
 * is declined and gives its error, else null. `key` names the attempt, so that its repetition has one effect.
 */
export async function payOpenInvoices(
  subscription: string,
  { method, key }: { method?: string; key: string },
): Promise<unknown> {
  const { data } = await callStripe((stripe) =>
    stripe.invoices.list({ subscription, status: 'open', limit: 100 }),
  );
  for (const { id } of data.reverse()) {
    const params = method ? { payment_method: method } : {};
    const declined = await pay(id, params, { idempotencyKey: `${key}-${id}` });
    if (declined) return declined;
  }
  return null;
}
