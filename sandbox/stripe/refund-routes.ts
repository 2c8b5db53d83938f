import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { Refund } from '@/sandbox/stripe/wire';

export type NewRefund = {
  charge: string;
  amount?: number | undefined;
  reason?: string | null;
  metadata?: Record<string, string>;
};

/** Gives money of a charge back, all that is left unless an amount (minor units) is named. */
export function createRefund(api: Api, input: NewRefund): Refund {
  const charge = api.require('charge', input.charge, 'charge');
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.refunded || left === 0)
    throw invalid(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  const amount = input.amount ?? left;
  if (amount < 1)
    throw invalid(
      'This value must be greater than or equal to 1.',
      'amount',
      'parameter_invalid_integer',
    );
  if (amount > left)
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: api.now(api.clockOf(charge.customer)),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: input.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  api.create('refund', refund);
  const refunded = charge.amount_refunded + amount;
  api.update(
    'charge',
    charge.id,
    { amount_refunded: refunded, refunded: refunded === charge.amount_captured },
    'charge.refunded',
  );
  return refund;
}

function chargeOf(api: Api, p: Stripe.RefundCreateParams): string {
  if (p.charge) return p.charge;
  if (!p.payment_intent)
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  const intent = api.require('payment_intent', p.payment_intent, 'payment_intent');
  if (intent.status !== 'succeeded' || !intent.latest_charge)
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      undefined,
      'resource_missing',
    );
  return intent.latest_charge;
}

export const refundRoutes = [
  route<Stripe.RefundCreateParams>(
    'POST /v1/refunds',
    'charge payment_intent amount reason metadata',
    (p, { api }) =>
      createRefund(api, {
        charge: chargeOf(api, p),
        amount: p.amount,
        reason: p.reason ?? null,
        metadata: mergeMetadata({}, p.metadata),
      }),
  ),
  listRoute(
    'GET /v1/refunds',
    'charge payment_intent created',
    'refund',
    (p: Stripe.RefundListParams, row) =>
      (!p.charge || row.charge === p.charge) &&
      (!p.payment_intent || row.payment_intent === p.payment_intent),
  ),
  route('GET /v1/refunds/:id', '', (_, { api, id }) => api.require('refund', id)),
  route<Stripe.RefundUpdateParams>('POST /v1/refunds/:id', 'metadata', (p, { api, id }) => {
    const refund = api.require('refund', id);
    return api.update('refund', id, { metadata: mergeMetadata(refund.metadata, p.metadata) });
  }),
];
