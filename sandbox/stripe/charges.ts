import { CHARGE } from '@/sandbox/stripe/resting-payments';
import type { Api } from '@/sandbox/stripe/api';
import { type Decline, DECLINES } from '@/sandbox/stripe/cards';
import { newId } from '@/sandbox/stripe/ids';
import type { Charge, PaymentIntent, PaymentMethod } from '@/sandbox/stripe/wire';

export type DeclineReason = keyof typeof DECLINES;

function outcome(failure: Decline | undefined): Charge['outcome'] {
  return {
    advice_code: failure ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: failure ? '05' : null,
    network_status: failure ? 'declined_by_network' : 'approved_by_network',
    reason: failure?.decline_code ?? failure?.code ?? null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: failure ? 'The bank declined the payment.' : 'Payment complete.',
    type: failure ? 'issuer_declined' : 'authorized',
  };
}

function cardDetails(
  card: NonNullable<PaymentMethod['card']>,
  amount: number,
  decline?: DeclineReason,
): Charge['payment_method_details'] {
  return {
    card: {
      amount_authorized: decline ? null : amount,
      authorization_code: null,
      brand: card.brand,
      checks: {
        ...(card.checks ?? { address_line1_check: null, address_postal_code_check: null }),
        cvc_check: decline === 'incorrect_cvc' ? 'fail' : 'pass',
      },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}

/** The record of one attempt to take money with a card: succeeded, or failed with `decline`. */
export function recordCharge(
  api: Api,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline?: DeclineReason,
): Charge {
  const card = method.card;
  if (!card) throw new Error(`${method.id} is not a card`);
  const id = newId('ch');
  const failure: Decline | undefined = decline ? DECLINES[decline] : undefined;
  const charge: Charge = {
    ...CHARGE,
    id,
    amount: intent.amount,
    amount_captured: decline ? 0 : intent.amount,
    billing_details: method.billing_details,
    captured: !decline,
    created: api.now(api.clockOf(intent.customer)),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    metadata: intent.metadata,
    outcome: outcome(failure),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(card, intent.amount, decline),
    receipt_email: intent.receipt_email,
    status: decline ? 'failed' : 'succeeded',
  };
  api.store.put('charge', charge);
  api.emit(decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
}
