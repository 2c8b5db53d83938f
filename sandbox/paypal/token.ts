import { PayPalError } from '@/sandbox/paypal/errors';
import { newId } from '@/sandbox/paypal/ids';
import type { Store } from '@/sandbox/stripe/store';

const SECONDS = 32_400;
const LOCAL = /^sandbox_[\w-]+$/;

export const TOKEN_PATH = '/v1/oauth2/token';

const invalidClient = () => new PayPalError(401, 'invalid_client', 'Client Authentication failed');

/** Basic credentials for a bearer token. Only ids and secrets that start with `sandbox_` are taken: real ones never belong here. */
export function grantToken(store: Store, authorization: string, form: string): object {
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1] ?? '';
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':');
  if (!LOCAL.test(id) || !LOCAL.test(secret)) throw invalidClient();
  const asked = new URLSearchParams(form).get('grant_type');
  if (asked !== 'client_credentials')
    throw new PayPalError(400, 'unsupported_grant_type', 'Grant Type is NULL or not supported');
  // Tokens live in real time: moving the sandbox's clock must not sign the product out.
  const expires = Date.now() + SECONDS * 1000;
  const token = store.put('paypal.token', { id: `A21AA${newId()}${newId()}`, expires });
  return {
    scope: 'https://uri.paypal.com/services/subscriptions https://uri.paypal.com/payments',
    access_token: token.id,
    token_type: 'Bearer',
    app_id: 'APP-80W284485P519543T',
    expires_in: SECONDS,
    nonce: `${new Date().toISOString()}${newId()}`,
  };
}

export function requireToken(store: Store, authorization: string): void {
  const token = store.find('paypal.token', /^Bearer (.+)$/i.exec(authorization)?.[1]);
  if (!token || token.expires <= Date.now())
    throw new PayPalError(
      401,
      'AUTHENTICATION_FAILURE',
      'Authentication failed due to invalid authentication credentials or a missing Authorization header.',
    );
}
