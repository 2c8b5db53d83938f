import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { cardDeclined, resolveMethod } from '@/sandbox/stripe/payment-methods';
import {
  cancelIntent,
  confirmIntent,
  createIntent,
  type Presence,
} from '@/sandbox/stripe/payment-intents';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { invoiceOfIntent, settleIntent } from '@/sandbox/stripe/invoice-payments';
import type { PaymentIntent } from '@/sandbox/stripe/wire';

/** Confirms and throws Stripe's 402 when the card is declined. */
function confirmOrThrow(api: Api, id: string, methodId: string, presence: Presence): PaymentIntent {
  const after = confirmIntent(api, id, methodId, presence);
  settleIntent(api, after);
  const error = after.last_payment_error;
  if (after.status !== 'requires_payment_method' || !error) return after;
  throw cardDeclined((error.decline_code ?? error.code) as DeclineReason, {
    charge: error.charge ?? '',
    payment_intent: after,
  });
}

function confirm(api: Api, id: string, p: Stripe.PaymentIntentConfirmParams): PaymentIntent {
  const intent = api.require('payment_intent', id);
  if (
    !['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)
  )
    throw invalid(
      `You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  const chosen = p.payment_method ?? intent.payment_method;
  if (!chosen)
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method.",
      undefined,
      'payment_intent_unexpected_state',
    );
  const method = resolveMethod(api, chosen);
  return confirmOrThrow(api, id, method.id, {
    offSession: Boolean(p.off_session),
    returnUrl: p.return_url ?? null,
  });
}

export const paymentIntentRoutes = [
  route<Stripe.PaymentIntentCreateParams>(
    'POST /v1/payment_intents',
    'amount currency customer description metadata payment_method allowed_payment_method_types confirm off_session return_url setup_future_usage automatic_payment_methods',
    (p, { api }) => {
      if (p.amount < 1)
        throw invalid(
          'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set.',
          'amount',
          'parameter_invalid_integer',
        );
      if (p.amount < 50)
        throw invalid('Amount must be at least $0.50 usd', 'amount', 'amount_too_small');
      if (p.allowed_payment_method_types?.some((type) => type !== 'card'))
        throw notImplemented('payment methods other than cards', 'allowed_payment_method_types');
      if (p.customer) api.require('customer', p.customer, 'customer');
      const method = p.payment_method ? resolveMethod(api, p.payment_method) : undefined;
      const { id } = createIntent(api, {
        amount: p.amount,
        currency: p.currency.toLowerCase(),
        customer: p.customer ?? null,
        description: p.description ?? null,
        metadata: mergeMetadata({}, p.metadata),
        setup_future_usage: p.setup_future_usage ?? null,
      });
      if (method)
        api.store.patch('payment_intent', id, {
          payment_method: method.id,
          status: 'requires_confirmation',
        });
      return p.confirm
        ? confirm(api, id, {
            ...(p.off_session ? { off_session: true } : {}),
            ...(p.return_url ? { return_url: p.return_url } : {}),
          })
        : api.store.get('payment_intent', id);
    },
  ),
  listRoute(
    'GET /v1/payment_intents',
    'customer created',
    'payment_intent',
    (p: Stripe.PaymentIntentListParams, row) => !p.customer || row.customer === p.customer,
  ),
  route('GET /v1/payment_intents/:id', 'client_secret', (_, { api, id }) =>
    api.require('payment_intent', id),
  ),
  route<Stripe.PaymentIntentUpdateParams>(
    'POST /v1/payment_intents/:id',
    'metadata description',
    (p, { api, id }) => {
      const intent = api.require('payment_intent', id);
      return api.store.patch('payment_intent', id, {
        metadata: mergeMetadata(intent.metadata, p.metadata),
        description: p.description ?? intent.description,
      });
    },
  ),
  route<Stripe.PaymentIntentConfirmParams>(
    'POST /v1/payment_intents/:id/confirm',
    'payment_method off_session return_url',
    (p, { api, id }) => confirm(api, id, p),
  ),
  route<Stripe.PaymentIntentCancelParams>(
    'POST /v1/payment_intents/:id/cancel',
    'cancellation_reason',
    (p, { api, id }) => {
      api.require('payment_intent', id);
      if (invoiceOfIntent(api, id))
        throw invalid(
          'You cannot cancel PaymentIntents that are managed by an invoice. Void the invoice instead.',
          undefined,
          'payment_intent_unexpected_state',
        );
      return cancelIntent(api, id, p.cancellation_reason ?? null);
    },
  ),
  listRoute(
    'GET /v1/charges',
    'customer payment_intent created',
    'charge',
    (p: Stripe.ChargeListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (!p.payment_intent || row.payment_intent === p.payment_intent),
  ),
  route('GET /v1/charges/:id', '', (_, { api, id }) => api.require('charge', id)),
  route<Stripe.ChargeUpdateParams>(
    'POST /v1/charges/:id',
    'metadata description',
    (p, { api, id }) => {
      const charge = api.require('charge', id);
      return api.update('charge', id, {
        metadata: mergeMetadata(charge.metadata, p.metadata),
        description: p.description ?? charge.description,
      });
    },
  ),
];
