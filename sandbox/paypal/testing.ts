import http from 'node:http';
import type { Sandbox } from '@/sandbox/index';

/** What is read of an answer; a property that isn't there is undefined, at any depth. */
export type Loose = { [name: string]: Loose } & { toString: () => string };
export type Told = { status: number; body: Loose };

const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

export async function tokenOf(
  sandbox: Sandbox,
  id = 'sandbox_client',
  secret = 'sandbox_secret',
  grant_type = 'client_credentials',
): Promise<Told> {
  const answer = await fetch(`${sandbox.url}/paypal/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic(id, secret) },
    body: new URLSearchParams({ grant_type }),
  });
  return { status: answer.status, body: (await answer.json()) as Loose };
}

/** A client of the sandbox's PayPal side, as small as one can be. */
export class PayPalClient {
  private readonly sandbox: Sandbox;
  private readonly token: string;

  private constructor(sandbox: Sandbox, token: string) {
    this.sandbox = sandbox;
    this.token = token;
  }

  static async of(sandbox: Sandbox): Promise<PayPalClient> {
    const { body } = await tokenOf(sandbox);
    return new PayPalClient(sandbox, String(body['access_token']));
  }

  async call(
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Told> {
    const answer = await fetch(`${this.sandbox.url}/paypal${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Loose };
  }

  get(path: string): Promise<Told> {
    return this.call('GET', path);
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Told> {
    return this.call('POST', path, body, headers);
  }

  /** A monthly plan of a new product. */
  async plan(value = '49.00', extra: object = {}): Promise<string> {
    const product = await this.post('/v1/catalogs/products', { name: 'Pro', type: 'SERVICE' });
    const plan = await this.post('/v1/billing/plans', {
      product_id: product.body['id'],
      name: 'Pro',
      billing_cycles: [monthly(value)],
      payment_preferences: { payment_failure_threshold: 2 },
      ...extra,
    });
    return String(plan.body['id']);
  }

  /** A subscription that a payer approved. */
  async subscription(
    plan: string,
    extra: object = {},
    headers: Record<string, string> = {},
  ): Promise<string> {
    const made = await this.post('/v1/billing/subscriptions', { plan_id: plan, ...extra }, headers);
    await this.answer(linkOf(made, 'approve'), 'approve');
    return String(made.body['id']);
  }

  /** Presses a button of the approval page; the answer's `location` leads back to the merchant. */
  async answer(page: string, answer: 'approve' | 'decline', funding = 'pays'): Promise<Response> {
    const form = new URLSearchParams({ answer, funding });
    return fetch(page, { method: 'POST', body: form, redirect: 'manual' });
  }
}

export const monthly = (value: string, currency_code = 'USD') => ({
  frequency: { interval_unit: 'MONTH', interval_count: 1 },
  tenure_type: 'REGULAR',
  sequence: 1,
  total_cycles: 0,
  pricing_scheme: { fixed_price: { value, currency_code } },
});

export function linkOf({ body }: Told, rel: string): string {
  const links = body['links'] as unknown as { rel: string; href: string }[];
  return links.find((link) => link.rel === rel)?.href ?? `no link ${rel}`;
}

/** The issue of a refusal, or the name of an error without details. */
export function issueOf({ status, body }: Told): string {
  const details = body['details'] as unknown as { issue: string; field?: string }[] | undefined;
  const [first] = details ?? [];
  return `${status} ${first ? `${first.issue} ${first.field ?? ''}`.trim() : String(body['name'])}`;
}

export type Received = { headers: http.IncomingHttpHeaders; body: string };

/** A webhook receiver that keeps raw bodies and answers with what `status` says. */
export async function startListener(status: () => number = () => 200) {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      response.writeHead(status()).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/paypal`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
