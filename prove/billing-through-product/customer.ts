import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { signIn } from '@/lib/domains/identity';
import { systemClock } from '@/lib/kernel/clock';
import { parsePublicId } from '@/lib/kernel/ids';
import { type Answer, callApi } from '@/lib/testing/api-client';
import type { Product } from './product';

const PASSWORD = 'a long enough secret 42';
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** An organisation that lives in the sandbox, through the API as its own pages call it: what they call is no use of a meter. */
export class Customer {
  readonly id: string;
  readonly uuid: string;
  private readonly product: Product;
  private readonly cookie: string;

  private constructor(product: Product, id: string, cookie: string) {
    this.product = product;
    this.id = id;
    this.uuid = parsePublicId('tenant', id) ?? '';
    this.cookie = cookie;
  }

  /** Signs up, in a time of its own. */
  static async signUp(product: Product, at: number): Promise<Customer> {
    const email = `owner-${randomBytes(6).toString('hex')}@example.com`;
    const body = {
      name: 'North Capital',
      email,
      password: PASSWORD,
      tenant_type: 'small_business',
      sandbox: { starts_at: iso(at) },
    };
    const made = await callApi(product.gateway.url, 'POST', '/api/v1/tenants', { body });
    if (made.status !== 201) throw new Error(`sign-up: ${JSON.stringify(made.body)}`);
    const ip = `10.${[...randomBytes(3)].join('.')}`;
    const info = { requestId: 'req_life', clock: systemClock, ip, userAgent: null };
    const { session } = await signIn(info, { email, password: PASSWORD });
    return new Customer(product, String(made.body.id), session.token);
  }

  /** Sends a call until it isn't answered that it came too soon. Throws what it is refused with, but for codes to `bear`. */
  async send(
    method: string,
    path: string,
    body?: object,
    bear: readonly string[] = [],
  ): Promise<Answer['body']> {
    const { url } = this.product.gateway;
    for (;;) {
      const answer = await callApi(url, method, `/api/v1${path}`, {
        headers: { cookie: `nz_session=${this.cookie}`, origin: url, 'x-tenant-id': this.id },
        body,
      });
      const { code } = answer.body;
      if (answer.status < 300 || bear.includes(String(code))) return answer.body;
      if (answer.status !== 429 && code !== 'subscription_changing' && code !== 'billing_busy')
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await sleep(300);
    }
  }

  /** Has its clock moved, and waits until everything on the way is done. */
  async moveTo(at: number): Promise<void> {
    await this.send('POST', `/tenants/${this.id}/clock`, { to: iso(at) });
    // Asked of the database: six customers who ask the API ten times a second would be most of what it does.
    await this.until(async () => {
      const { rows } = await this.product.admin.query<{ moving: boolean }>(
        'SELECT target IS NOT NULL AS moving FROM tenant_clock WHERE tenant_id = $1',
        [this.uuid],
      );
      return rows[0]?.moving === false;
    });
  }

  async subscription(): Promise<Record<string, unknown>> {
    const { data } = await this.send('GET', `/tenants/${this.id}/subscriptions`);
    return (data as Record<string, unknown>[])[0] ?? {};
  }

  async until(done: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 6_000; tries += 1) {
      if (await done()) return;
      await sleep(50);
    }
    throw new Error('it did not come to an end in five minutes');
  }

  async invoices(): Promise<Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    for (let cursor = ''; ; ) {
      const page = await this.send('GET', `/tenants/${this.id}/invoices?limit=100${cursor}`);
      all.push(...(page.data as Record<string, unknown>[]));
      const next = page.next_cursor as string | null;
      if (next === null) return all.reverse();
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
  }
}
