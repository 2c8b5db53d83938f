import type { Api } from '@/sandbox/stripe/api';
import { type Decline, DECLINES } from '@/sandbox/stripe/cards';
import { newId } from '@/sandbox/stripe/ids';
import type { Charge, PaymentIntent, PaymentMethod } from '@/sandbox/stripe/wire';

export type DeclineReason = keyof typeof DECLINES;

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
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: decline ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured: !decline,
    created: api.now(api.clockOf(intent.customer)),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: decline ? 'try_again_later' : null,
      network_advice_code: null,
      network_decline_code: decline ? '05' : null,
      network_status: decline ? 'declined_by_network' : 'approved_by_network',
      reason: failure?.decline_code ?? failure?.code ?? null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: decline ? 'The bank declined the payment.' : 'Payment complete.',
      type: decline ? 'issuer_declined' : 'authorized',
    },
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: {
        amount_authorized: decline ? null : intent.amount,
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
    },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  api.store.put('charge', charge);
  api.emit(decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
}
