import Stripe from 'stripe';
import { DomainError, isDomainError } from '@/lib/kernel/errors';
import { env } from '../env';
import { log } from '../log';
import { strictHttpClient } from './http-client';

export type { Stripe };

let client: Stripe | undefined;

/**
 * The configured client: Stripe itself, or whatever speaks its protocol at STRIPE_API_BASE. One
 * for each bundle of a process, unlike pools: its errors are told apart by their classes, and
 * every bundle has classes of its own.
 */
export function stripe(): Stripe {
  client ??= connect();
  return client;
}

function connect(): Stripe {
  const { secretKey, apiBase } = env().stripe;
  const base = apiBase ? new URL(apiBase) : null;
  return new Stripe(secretKey, {
    telemetry: false,
    maxNetworkRetries: 2,
    timeout: 20_000,
    httpClient: strictHttpClient(),
    ...(base
      ? {
          host: base.hostname,
          port: base.port || (base.protocol === 'https:' ? '443' : '80'),
          protocol: base.protocol === 'https:' ? 'https' : 'http',
        }
      : {}),
  });
}

/** Whether the configured key moves real money; events of the other kind are not ours. */
export function isLiveMode(): boolean {
  return /^(sk|rk)_live_/.test(env().stripe.secretKey);
}

/** Seconds of age past which a signed delivery is no longer believed. */
const TOLERANCE_SECONDS = 300;

/**
 * The event of a webhook delivery, or null when the signature isn't right over exactly these
 * bytes, is older than five minutes, or was made with another secret.
 */
export function readSignedEvent(rawBody: string, signature: string, now: Date) {
  try {
    return stripe().webhooks.constructEvent(
      rawBody,
      signature,
      env().stripe.webhookSecret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
  } catch {
    // Whatever the check stumbles over was sent by somebody who has yet to prove who they are.
    return null;
  }
}

/** By its type: the client may have been made by another bundle of this process, with classes of its own. */
function isStripeError(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Error && 'rawType' in error && 'type' in error;
}

/** The code of an error that Stripe answered with, for instance `resource_missing`; else null. */
export function stripeErrorCode(error: unknown): string | null {
  const raw = isDomainError(error) ? error.cause : error;
  return isStripeError(raw) ? (raw.code ?? raw.type) : null;
}

/** Answers from 500 on that say "never", not "not now": what was asked for isn't done there, and won't be by asking again. */
const NEVER = [501, 505];

/** Whether Stripe understood a call and said no: a refused card, or what its rules or abilities don't allow. */
export function isStripeRefusal(error: unknown): boolean {
  const raw = isDomainError(error) ? error.cause : error;
  return (
    isStripeError(raw) &&
    (raw.type === 'StripeCardError' ||
      raw.type === 'StripeInvalidRequestError' ||
      NEVER.includes(raw.statusCode ?? 0))
  );
}

/** Whether the same call may go well later; an answer that isn't Stripe's at all comes from what stands before it. */
function isStripeAway({ type, statusCode }: Stripe.errors.StripeError): boolean {
  if (type === 'StripeConnectionError' || type === 'StripeRateLimitError') return true;
  if (statusCode === undefined) return type === 'StripeAPIError';
  return statusCode >= 500 && !NEVER.includes(statusCode);
}

/**
 * Runs a call to Stripe and gives its failures the product's words: a refused card is
 * `payment_failed` (402), an absent or busy Stripe is `payment_provider_unavailable` (503), which
 * jobs try again. Anything else is a fault of ours and stays as it is.
 */
export async function callStripe<T>(call: (client: Stripe) => Promise<T>): Promise<T> {
  try {
    return await call(stripe());
  } catch (error) {
    if (!isStripeError(error)) throw error;
    if (error.type === 'StripeCardError') {
      throw new DomainError('payment_required', 'payment_failed', error.message, { cause: error });
    }
    if (!isStripeAway(error)) throw error;
    log().warn({ err: error }, 'payment provider away');
    throw new DomainError(
      'unavailable',
      'payment_provider_unavailable',
      'The payment provider can’t be reached just now. Try again in a minute: nothing is charged twice.',
      { cause: error },
    );
  }
}
