import type { z } from 'zod';
import { env, type PayPalSettings } from '../env';
import { log } from '../log';
import { accessToken, forgetToken } from './access-token';
import { payPalAway, PayPalError } from './paypal-error';

export { isPayPalForbidden, isPayPalMissing, isPayPalRefusal, orMissing } from './paypal-error';
export { readSignedTransmission } from './webhook-signature';

const TIMEOUT_MS = 20_000;
/** Tries of a call that is safe to repeat, and the wait after the first. */
const TRIES = 3;
const WAIT_MS = 200;

type Call = {
  method: 'GET' | 'POST' | 'PATCH';
  /** Below the API's base, with its query. */
  path: string;
  body?: object;
  /** PayPal gives the first answer again for the same id, so that a repeated call has one effect. */
  requestId?: string;
};

/** Whether PayPal is set up, so that it can be offered. */
export const payPalOffered = (): boolean => env().paypal !== null;

function settings(): PayPalSettings {
  const { paypal } = env();
  if (!paypal) throw payPalAway(new Error('PAYPAL_CLIENT_ID is not set'));
  return paypal;
}

type Refusal = {
  name?: string;
  message?: string;
  debug_id?: string;
  details?: { issue?: string; description?: string }[];
};

function refusal(status: number, text: string): PayPalError {
  let said: Refusal = {};
  try {
    said = JSON.parse(text) as Refusal;
  } catch {
    // A proxy's page instead of PayPal's answer: the status says enough.
  }
  const [detail] = said.details ?? [];
  return new PayPalError(
    status,
    detail?.issue ?? said.name ?? `HTTP_${status}`,
    detail?.description ?? said.message ?? 'no reason given',
    said.debug_id ?? null,
  );
}

async function send(call: Call, bearer: string): Promise<{ status: number; text: string }> {
  const { method, path, body, requestId } = call;
  const answer = await fetch(`${settings().apiBase}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
      ...(requestId ? { 'paypal-request-id': requestId } : {}),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: answer.status, text: await answer.text() };
}

const isAway = (error: unknown) =>
  !(error instanceof PayPalError) || error.status >= 500 || error.status === 429;

async function sendOnce(call: Call): Promise<string> {
  const bearer = await accessToken(settings());
  let { status, text } = await send(call, bearer);
  if (status === 401) {
    forgetToken(bearer);
    ({ status, text } = await send(call, await accessToken(settings())));
  }
  if (status < 200 || status > 299) throw refusal(status, text);
  return text;
}

async function sendSafely(call: Call): Promise<string> {
  const repeatable = call.method !== 'POST' || call.requestId !== undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(call);
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!repeatable || attempt === TRIES) {
        log().warn({ err: error }, 'payment provider away');
        throw payPalAway(error);
      }
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
    }
  }
}

/**
 * Calls PayPal and gives what it answered, checked; null where it answered nothing. Throws a PayPalError for what it refuses, 503
 * `payment_provider_unavailable` while it is away; whatever is safe to repeat is tried three times before.
 */
export async function callPayPal<T>(call: Call, answer: z.ZodType<T>): Promise<T> {
  const text = await sendSafely(call);
  return answer.parse(text ? JSON.parse(text) : null);
}

/** The same for a call whose answer says nothing. */
export async function tellPayPal(call: Call): Promise<void> {
  await sendSafely(call);
}
