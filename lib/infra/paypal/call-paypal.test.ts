import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isDomainError } from '@/lib/kernel/errors';
import { env, readEnv } from '../env';
import { callPayPal, isPayPalMissing, isPayPalRefusal, payPalOffered, tellPayPal } from '.';

type Seen = { path: string; authorization: string; requestId: string | null };
type Answer = { status: number; body: object };

const seen: Seen[] = [];
let answers: Answer[] = [];
let tokens = 0;
const good: Answer = { status: 200, body: { id: 'I-1' } };
const shape = z.object({ id: z.string() });

/** As much of PayPal as a client sees: tokens that end when a test says so, and what it is told to answer. */
const server = http.createServer((request, response) => {
  const path = request.url ?? '';
  const { authorization = '', 'paypal-request-id': id } = request.headers;
  request.resume();
  seen.push({ path, authorization, requestId: typeof id === 'string' ? id : null });
  const token = { access_token: `token-${tokens}`, expires_in: 3_600 };
  if (path.endsWith('/v1/oauth2/token')) {
    tokens += 1;
    response.end(JSON.stringify({ ...token, access_token: `token-${tokens}` }));
    return;
  }
  const stale = authorization !== `Bearer token-${tokens}`;
  const answer = stale ? { status: 401, body: {} } : (answers.shift() ?? good);
  response.writeHead(answer.status).end(JSON.stringify(answer.body));
});

const calls = () => seen.filter(({ path }) => !path.endsWith('/token'));
const signIns = () => seen.length - calls().length;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.PAYPAL_CLIENT_ID = 'sandbox_a';
  process.env.PAYPAL_CLIENT_SECRET = 'sandbox_b';
  process.env.PAYPAL_WEBHOOK_ID = 'WH-1';
  process.env.PAYPAL_API_BASE = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  await tellPayPal({ method: 'GET', path: '/warm' });
  seen.length = 0;
  answers = [];
});

const get = () => callPayPal({ method: 'GET', path: '/thing' }, shape);
const create = (requestId?: string) =>
  callPayPal({ method: 'POST', path: '/things', ...(requestId ? { requestId } : {}) }, shape);

describe('the token', () => {
  it('is kept from call to call', async () => {
    await get();
    await get();
    expect(signIns()).toBe(0);
    expect(calls()).toHaveLength(2);
  });

  it('is asked for once, by however many calls find that it was revoked', async () => {
    tokens += 1;
    expect(await Promise.all([get(), get(), get()])).toEqual([good.body, good.body, good.body]);
    expect(signIns()).toBe(1);
  });
});

describe('a call', () => {
  it('is repeated under its key while PayPal is away, and only then', async () => {
    answers = [
      { status: 500, body: {} },
      { status: 503, body: {} },
    ];
    expect(await create('k1')).toEqual(good.body);
    expect(calls().map(({ requestId }) => requestId)).toEqual(['k1', 'k1', 'k1']);
  });

  it('isn’t repeated without a key, for it may have been done', async () => {
    answers = [{ status: 500, body: {} }];
    await expect(create()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'payment_provider_unavailable',
    });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    [422, 'SUBSCRIPTION_STATUS_INVALID', true, false],
    [404, 'INVALID_RESOURCE_ID', true, true],
    [403, 'PERMISSION_DENIED', false, false],
  ])('takes %s %s at its word', async (status, issue, refusal, missing) => {
    answers = [{ status, body: { name: 'N', message: 'm', details: [{ issue }] } }];
    const error: unknown = await create('k2').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PayPalError', status, issue });
    expect([isPayPalRefusal(error), isPayPalMissing(error)]).toEqual([refusal, missing]);
    expect(isDomainError(error)).toBe(false);
    expect(calls()).toHaveLength(1);
  });

  it('is a fault, not an absence, when PayPal answers something else than it should', async () => {
    answers = [{ status: 200, body: { name: 'no id' } }];
    const error: unknown = await get().catch((reason: unknown) => reason);
    expect(isDomainError(error)).toBe(false);
  });
});

describe('settings', () => {
  const read = (more: Record<string, string>) => {
    const { PAYPAL_CLIENT_ID: _, PAYPAL_CLIENT_SECRET: __, ...rest } = process.env;
    const { PAYPAL_WEBHOOK_ID: ___, PAYPAL_API_BASE: ____, ...without } = rest;
    return readEnv({ ...without, ...more });
  };

  it('offers PayPal where it is set up, and PayPal itself unless told otherwise', () => {
    expect(payPalOffered()).toBe(true);
    expect(env().paypal?.apiBase.endsWith('/')).toBe(false);
    expect(read({}).paypal).toBeNull();
    const three = {
      PAYPAL_CLIENT_ID: 'a',
      PAYPAL_CLIENT_SECRET: 'b',
      PAYPAL_WEBHOOK_ID: 'c',
    };
    expect(read(three).paypal?.apiBase).toBe('https://api-m.paypal.com');
  });

  it('names what is missing of a set that was begun', () => {
    expect(() => read({ PAYPAL_CLIENT_ID: 'a' })).toThrow('PAYPAL_CLIENT_SECRET is not set.');
    expect(() => read({ PAYPAL_CLIENT_ID: 'a', PAYPAL_CLIENT_SECRET: 'b' })).toThrow(
      'PAYPAL_WEBHOOK_ID is not set.',
    );
  });
});
