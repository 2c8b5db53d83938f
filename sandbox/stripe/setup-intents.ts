import { SETUP_INTENT } from '@/sandbox/stripe/resting-payments';
import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { DECLINES } from '@/sandbox/stripe/cards';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { attachMethod, cardDeclined, resolveMethod } from '@/sandbox/stripe/payment-methods';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import type { SetupIntent } from '@/sandbox/stripe/wire';

export function createSetupIntent(
  api: Api,
  input: {
    customer?: string | null;
    usage?: string;
    metadata?: Record<string, string>;
    description?: string | null;
  },
): SetupIntent {
  const id = newId('seti');
  const intent = api.store.put('setup_intent', {
    ...SETUP_INTENT,
    id,
    client_secret: `${id}_secret_${randomToken(25)}`,
    created: api.now(api.clockOf(input.customer)),
    customer: input.customer ?? null,
    description: input.description ?? null,
    metadata: input.metadata ?? {},
    usage: input.usage ?? 'off_session',
  });
  api.emit('setup_intent.created', intent);
  return intent;
}

/** Saves a card for later use. Throws the card's decline, after telling it by `setup_intent.setup_failed`. */
export function confirmSetup(
  api: Api,
  id: string,
  methodId: string,
  options: { authenticated?: boolean; returnUrl?: string | null },
): SetupIntent {
  const intent = api.store.get('setup_intent', id);
  const method = resolveMethod(api, methodId);
  const { behaviour } = api.store.get('_card', method.id);
  if (behaviour in DECLINES) {
    const reason = behaviour as keyof typeof DECLINES;
    const failed = api.store.patch('setup_intent', id, {
      last_setup_error: { ...DECLINES[reason], payment_method: method, type: 'card_error' },
      status: 'requires_payment_method',
    });
    api.emit('setup_intent.setup_failed', failed);
    throw cardDeclined(reason, { setup_intent: failed });
  }
  if (behaviour.startsWith('auth_') && !options.authenticated) {
    const asked = api.store.patch('setup_intent', id, {
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: {
          return_url: options.returnUrl ?? null,
          url: `${api.url}/challenge/${id}`,
        },
      },
      payment_method: method.id,
      status: 'requires_action',
    });
    api.emit('setup_intent.requires_action', asked);
    return asked;
  }
  if (options.authenticated) api.store.patch('_card', method.id, { authenticated: true });
  if (intent.customer) attachMethod(api, method.id, intent.customer);
  const done = api.store.patch('setup_intent', id, {
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  api.emit('setup_intent.succeeded', done);
  return done;
}

function cancelSetup(api: Api, id: string, reason: string | null): SetupIntent {
  const intent = api.require('setup_intent', id, 'id', 'setupintent');
  if (['succeeded', 'canceled'].includes(intent.status))
    throw invalid(
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      'setup_intent_unexpected_state',
    );
  const gone = api.store.patch('setup_intent', id, {
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  api.emit('setup_intent.canceled', gone);
  return gone;
}

export const setupIntentRoutes = [
  route<Stripe.SetupIntentCreateParams>(
    'POST /v1/setup_intents',
    'customer usage metadata description payment_method allowed_payment_method_types automatic_payment_methods confirm return_url',
    (p, { api }) => {
      if (p.customer) api.require('customer', p.customer, 'customer');
      const { id } = createSetupIntent(api, {
        customer: p.customer ?? null,
        usage: p.usage ?? 'off_session',
        metadata: mergeMetadata({}, p.metadata),
        description: p.description ?? null,
      });
      if (p.confirm && p.payment_method)
        return confirmSetup(api, id, p.payment_method, { returnUrl: p.return_url ?? null });
      return p.payment_method
        ? api.store.patch('setup_intent', id, {
            payment_method: resolveMethod(api, p.payment_method).id,
            status: 'requires_confirmation',
          })
        : api.store.get('setup_intent', id);
    },
  ),
  listRoute(
    'GET /v1/setup_intents',
    'customer payment_method created',
    'setup_intent',
    (p: Stripe.SetupIntentListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (!p.payment_method || row.payment_method === p.payment_method),
  ),
  route('GET /v1/setup_intents/:id', '', (_, { api, id }) =>
    api.require('setup_intent', id, 'id', 'setupintent'),
  ),
  route<Stripe.SetupIntentConfirmParams>(
    'POST /v1/setup_intents/:id/confirm',
    'payment_method return_url',
    (p, { api, id }) => {
      const intent = api.require('setup_intent', id, 'id', 'setupintent');
      const method = p.payment_method ?? intent.payment_method;
      if (!method)
        throw invalid(
          "You cannot confirm this SetupIntent because it's missing a payment method.",
          undefined,
          'setup_intent_unexpected_state',
        );
      return confirmSetup(api, id, method, { returnUrl: p.return_url ?? null });
    },
  ),
  route<Stripe.SetupIntentCancelParams>(
    'POST /v1/setup_intents/:id/cancel',
    'cancellation_reason',
    (p, { api, id }) => cancelSetup(api, id, p.cancellation_reason ?? null),
  ),
];
