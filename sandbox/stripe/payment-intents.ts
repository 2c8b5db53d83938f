import { PAYMENT_INTENT } from '@/sandbox/stripe/resting-payments';
import type { Api } from '@/sandbox/stripe/api';
import { DECLINES } from '@/sandbox/stripe/cards';
import { type DeclineReason, recordCharge } from '@/sandbox/stripe/charges';
import { openDispute } from '@/sandbox/stripe/disputes';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { attachMethod } from '@/sandbox/stripe/payment-methods';
import { invalid } from '@/sandbox/http/errors';
import type { PaymentIntent } from '@/sandbox/stripe/wire';

type NewIntent = {
  amount: number;
  currency: string;
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  setup_future_usage?: string | null;
  /** The invoice that is paid. */
  order?: string;
};

export function createIntent(api: Api, input: NewIntent): PaymentIntent {
  const id = newId('pi');
  const intent: PaymentIntent = {
    ...PAYMENT_INTENT,
    id,
    amount: input.amount,
    client_secret: `${id}_secret_${randomToken(25)}`,
    created: api.now(api.clockOf(input.customer)),
    currency: input.currency,
    customer: input.customer ?? null,
    description: input.description ?? null,
    metadata: input.metadata ?? {},
    payment_details: { customer_reference: null, order_reference: input.order ?? null },
    setup_future_usage: input.setup_future_usage ?? null,
  };
  api.store.put('payment_intent', intent);
  api.emit('payment_intent.created', intent);
  return intent;
}

/** How a confirmation is made: by a person who can answer a challenge, or by the merchant alone. */
export type Presence = { offSession: boolean; authenticated?: boolean; returnUrl?: string | null };

/** Tries to take the money. The outcome is in the intent's status; a decline throws nothing. */
export function confirmIntent(
  api: Api,
  id: string,
  methodId: string,
  presence: Presence,
): PaymentIntent {
  const method = api.store.get('payment_method', methodId);
  const { behaviour, authenticated } = api.store.get('_card', methodId);
  const asks = behaviour === 'auth_always' || (behaviour === 'auth_once' && !authenticated);
  if (asks && !presence.authenticated && !presence.offSession)
    return askForAuthentication(api, id, methodId, presence.returnUrl ?? null);
  const decline: DeclineReason | undefined =
    asks && !presence.authenticated
      ? 'authentication_required'
      : behaviour === 'fails_later'
        ? 'generic_decline'
        : behaviour in DECLINES
          ? (behaviour as DeclineReason)
          : undefined;
  const before = api.store.get('payment_intent', id);
  const charge = recordCharge(api, before, method, decline);
  if (decline) return declineIntent(api, id, methodId, decline, charge.id);
  if (presence.authenticated) api.store.patch('_card', methodId, { authenticated: true });
  const paid = api.store.patch('payment_intent', id, {
    amount_received: before.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: methodId,
    status: 'succeeded',
  });
  if (paid.setup_future_usage && paid.customer && !method.customer)
    attachMethod(api, methodId, paid.customer);
  api.emit('payment_intent.succeeded', paid);
  if (behaviour === 'disputed') openDispute(api, charge, 'chargeback');
  if (behaviour === 'inquired') openDispute(api, charge, 'inquiry');
  return paid;
}

function askForAuthentication(
  api: Api,
  id: string,
  methodId: string,
  returnUrl: string | null,
): PaymentIntent {
  const asked = api.store.patch('payment_intent', id, {
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: returnUrl, url: `${api.url}/challenge/${id}` },
    },
    payment_method: methodId,
    status: 'requires_action',
  });
  api.emit('payment_intent.requires_action', asked);
  return asked;
}

/** A card was refused, or its holder failed to confirm: the payment waits for another card, with why. */
export function declineIntent(
  api: Api,
  id: string,
  methodId: string,
  decline: DeclineReason | 'failed_challenge',
  charge?: string,
): PaymentIntent {
  const method = { ...api.store.get('payment_method', methodId) };
  const failure =
    decline === 'failed_challenge'
      ? {
          code: 'payment_intent_authentication_failure',
          message:
            'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
        }
      : DECLINES[decline];
  const failed = api.store.patch('payment_intent', id, {
    last_payment_error: {
      ...(charge ? { charge } : {}),
      ...failure,
      payment_method: method,
      type: decline === 'failed_challenge' ? 'invalid_request_error' : 'card_error',
    },
    ...(charge ? { latest_charge: charge } : {}),
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  api.emit('payment_intent.payment_failed', failed);
  return failed;
}

/** Throws 400 `payment_intent_unexpected_state` for one that succeeded or was cancelled. */
export function cancelIntent(api: Api, id: string, reason: string | null): PaymentIntent {
  const intent = api.store.get('payment_intent', id);
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  const gone = api.store.patch('payment_intent', id, {
    canceled_at: api.now(api.clockOf(intent.customer)),
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  api.emit('payment_intent.canceled', gone);
  return gone;
}
