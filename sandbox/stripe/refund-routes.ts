import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { createRefund } from '@/sandbox/stripe/refunds';

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
