import { z } from 'zod';
import type { PayPalSettings } from '../env';
import { PayPalError } from './paypal-error';

/** A token is left alone this long before it ends, so that no call carries one that ends on its way. */
const MARGIN_MS = 60_000;
const TIMEOUT_MS = 10_000;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

type Token = { value: string; until: number };

let token: Token | null = null;
let asking: Promise<Token> | null = null;

async function ask({ apiBase, clientId, clientSecret }: PayPalSettings): Promise<Token> {
  const answer = await fetch(`${apiBase}/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) {
    const wrong = answer.status === 401 ? 'PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET' : 'sign-in';
    throw new PayPalError(answer.status, 'TOKEN_REFUSED', `${wrong} were refused`, null);
  }
  const { access_token, expires_in } = granted.parse(await answer.json());
  return { value: access_token, until: Date.now() + expires_in * 1000 - MARGIN_MS };
}

/** The bearer token of this process; asked for once by however many calls, and kept until it ends. */
export async function accessToken(settings: PayPalSettings): Promise<string> {
  if (token && token.until > Date.now()) return token.value;
  asking ??= ask(settings).finally(() => {
    asking = null;
  });
  token = await asking;
  return token.value;
}

/** Forgets a token that PayPal doesn't take any more; one that took its place meanwhile is kept. */
export function forgetToken(value: string): void {
  if (token?.value === value) token = null;
}
