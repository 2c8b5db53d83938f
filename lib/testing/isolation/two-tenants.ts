import pg from 'pg';
import { signIn } from '@/lib/domains/identity';
import { drainTallies } from '@/lib/infra/tally';
import { systemClock } from '@/lib/kernel/clock';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { apiEndpoints, callRoute } from './call-route';
import { askedDiscount } from './asked-discount';
import { giveBack } from './give-back';
import { planMoveOf } from './plan-move';
import { sentQuote } from './sent-quote';

const VIEWER = 'viewer@example.net';
const PASSWORD = 'correct horse battery 77';
/** Stands in everything that the victim owns, and must stand in no answer to anybody else. */
export const CANARY = 'CANARY7Q';

export type Tenant = { id: string; uuid: string; slug: string; email: string; token: string };

/** The victim with one of everything, the attacker with an organisation of their own. */
export class TwoTenants {
  readonly admin: pg.Client;
  victim!: Tenant;
  attacker!: Tenant;
  /** Public ids of what the victim owns. */
  owned!: Record<
    | 'strategy'
    | 'backtest'
    | 'apiKey'
    | 'subscription'
    | 'invoice'
    | 'drift'
    | 'refund'
    | 'planMove'
    | 'creditNote'
    | 'quote'
    | 'discount'
    | 'member'
    | 'session'
    | 'symbol',
    string
  >;
  attackerKey!: string;
  attackerSetup!: string;
  /** Cookie of the attacker's browser on the root host. */
  attackerCookie!: string;
  /** Access token of a viewer of the victim's own. */
  viewerToken!: string;
  viewerCookie!: string;
  private readonly endpoints = new Map(apiEndpoints().map((endpoint) => [endpoint.name, endpoint]));

  constructor(adminUrl: string) {
    this.admin = new pg.Client({ connectionString: adminUrl });
  }

  async api(name: string, headers: Record<string, string>, call: Parameters<typeof callRoute>[1]) {
    const endpoint = this.endpoints.get(name);
    if (!endpoint) throw new Error(`no endpoint ${name}`);
    const answer = await callRoute(endpoint, call, { 'x-forwarded-for': '10.9.8.7', ...headers });
    if (answer.status >= 300) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    return answer.text === '' ? null : JSON.parse(answer.text);
  }

  async build(): Promise<void> {
    await this.admin.connect();
    this.victim = await this.found(CANARY, 'canary7q@example.com');
    this.attacker = await this.found('Mallory', 'mallory@example.org');
    await this.giveEverything();
    const { id, token } = this.attacker;
    const key = await this.api('POST /api/v1/tenants/:id/api-keys', bearer(token), {
      params: { id },
      body: { name: 'mine' },
    });
    this.attackerKey = key.secret;
    this.viewerToken = await this.viewer();
    this.attackerCookie = await this.browser(this.attacker.email);
    this.viewerCookie = await this.browser(VIEWER);
    // What was counted on the way is written in batches: no later, or it would look like a change of somebody's.
    await drainTallies();
  }

  /** A browser signed in at the root host; returns its cookie's value. */
  private async browser(email: string): Promise<string> {
    const info = { requestId: 'req_browser', clock: systemClock, ip: '10.9.8.7', userAgent: null };
    return (await signIn(info, { email, password: PASSWORD })).session.token;
  }

  close = () => this.admin.end();

  private async found(name: string, email: string): Promise<Tenant> {
    const body = { name, email, tenant_type: 'small_business', password: PASSWORD };
    const made = await this.api('POST /api/v1/tenants', {}, { body });
    const token = await this.logIn(email, made.id);
    const uuid = parsePublicId('tenant', made.id) ?? '';
    await this.admin.query(
      `UPDATE entitlement e SET plan_id = p.plan_id, plan_version = p.version, source = 'subscription',
         valid_until = NULL, limits = p.limits, features = p.features, api_calls_limit = NULL, rate = 100000, burst = 100000,
         api_keys_limit = NULL, api_write = true
       FROM plan_version p WHERE p.plan_id = 'institutional' AND e.tenant_id = $1`,
      [uuid],
    );
    await this.admin.query('UPDATE "user" SET email_verified_at = now() WHERE email = $1', [email]);
    this.attackerSetup = made.setup.token;
    return { id: made.id, uuid, slug: made.slug, email, token };
  }

  private async logIn(username: string, tenant_id: string): Promise<string> {
    const body = { username, password: PASSWORD, tenant_id };
    return (await this.api('POST /api/v1/auth/login', {}, { body })).access_token;
  }

  private async giveEverything(): Promise<void> {
    const { id, uuid, token } = this.victim;
    const as = bearer(token);
    const symbol = `${CANARY}X`;
    await this.api('POST /api/v1/instruments', as, { body: { symbol, name: CANARY } });
    const csv =
      'time,open,high,low,close,volume\n2024-01-02,1,2,0.5,1.5,10\n2024-01-03,1,2,0.5,1.5,10\n';
    await this.api('POST /api/v1/instruments/:symbol/bars', as, {
      params: { symbol },
      query: '?timeframe=1d',
      raw: { type: 'text/csv', text: csv },
    });
    const presets = await this.api('GET /api/v1/strategies/presets', as, {});
    const { definition } = presets.data[0];
    const strategy = await this.api('POST /api/v1/strategies', as, {
      body: { name: CANARY, definition },
    });
    const run = { strategy_id: strategy.id, symbol: 'SPX', timeframe: '1d', cash: 10_000 };
    const backtest = await this.api('POST /api/v1/backtests', as, { body: run });
    const key = await this.api('POST /api/v1/tenants/:id/api-keys', as, {
      params: { id },
      body: { name: CANARY },
    });
    await this.api('POST /api/v1/meters', as, {
      body: { key: CANARY.toLowerCase(), aggregation: 'sum', unit: 'things' },
    });
    const event = { id: CANARY, meter: 'custom_events', dimensions: { who: CANARY } };
    await this.api('POST /api/v1/usage/events', as, { body: event });
    const sessions = await this.api('GET /api/v1/auth/sessions', as, {});
    const members = await this.api('GET /api/v1/tenants/:id/customers', as, { params: { id } });
    this.owned = {
      strategy: strategy.id,
      backtest: backtest.id,
      apiKey: key.id,
      session: sessions.data[0].id,
      member: members.data[0].id,
      symbol,
      ...(await this.bill(uuid)),
    };
  }

  private async bill(
    uuid: string,
  ): Promise<
    Record<
      | 'subscription'
      | 'invoice'
      | 'drift'
      | 'refund'
      | 'creditNote'
      | 'quote'
      | 'discount'
      | 'planMove',
      string
    >
  > {
    const [subscription, invoice, drift] = [newId(), newId(), newId()];
    await this.admin.query(
      `INSERT INTO subscription (tenant_id, id, status, plan_id, plan_version, billing_cycle, wish_plan_id, wish_plan_version, wish_cycle, created_at, updated_at)
       VALUES ($1, $2, 'active', 'professional', 1, 'monthly', 'professional', 1, 'monthly', now(), now())`,
      [uuid, subscription],
    );
    await this.admin.query(
      `INSERT INTO invoice (tenant_id, id, subscription_id, status, currency, subtotal, tax, total, amount_paid,
         amount_due, provider_id, created_at, updated_at)
       VALUES ($1, $2, $3, 'draft', 'usd', 19900, 0, 19900, 19900, 0, $4, now(), now())`,
      [uuid, invoice, subscription, CANARY],
    );
    await this.admin.query(
      `INSERT INTO invoice_line (tenant_id, invoice_id, position, kind, description, amount, period_start, period_end)
       VALUES ($1, $2, 0, 'period', $3, 19900, now(), now() + interval '1 month')`,
      [uuid, invoice, CANARY],
    );
    await this.admin.query(
      `UPDATE invoice SET status = 'paid', issued_at = now() WHERE tenant_id = $1 AND id = $2`,
      [uuid, invoice],
    );
    await this.admin.query(
      `INSERT INTO billing_drift (tenant_id, id, invoice_id, fields, found_at) VALUES ($1, $2, $3, $4, now())`,
      [
        uuid,
        drift,
        invoice,
        JSON.stringify([{ field: 'total', about: CANARY, wished: 19900, provider: 1 }]),
      ],
    );
    return {
      subscription: publicId('subscription', subscription),
      invoice: publicId('invoice', invoice),
      drift: publicId('drift', drift),
      ...(await giveBack(this.admin, uuid, invoice, CANARY)),
      quote: await sentQuote(this.admin, uuid, CANARY),
      discount: await askedDiscount(this.admin, uuid, subscription, CANARY),
      planMove: await planMoveOf(this.admin, uuid, subscription),
    };
  }

  /** Somebody of the victim's own who may look and nothing else. */
  private async viewer(): Promise<string> {
    const { id, uuid } = this.victim;
    const email = VIEWER;
    await this.found('Viewers', email);
    await this.admin.query(
      `INSERT INTO membership (tenant_id, id, user_id, role, created_at)
       SELECT $1, $2, id, 'viewer', now() FROM "user" WHERE email = $3`,
      [uuid, newId(), email],
    );
    return this.logIn(email, id);
  }

  /** A digest of every row of the victim's, without what merely notes that somebody called. */
  async digest(): Promise<Record<string, string>> {
    // What was counted so far, by whomever, must stand in the rows that are compared.
    await drainTallies();
    const { rows: tables } = await this.admin.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'tenant_id'
         AND table_name NOT IN ('idempotency_record') ORDER BY 1`,
    );
    const digests: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await this.admin.query<{ digest: string }>(
        `SELECT coalesce(md5(string_agg(line, '|' ORDER BY line)), '') AS digest FROM (
           SELECT (to_jsonb(t) - 'last_seen_at' - 'relayed_at' - 'seq')::text AS line
           FROM ${pg.escapeIdentifier(name)} t WHERE tenant_id = $1) AS rows`,
        [this.victim.uuid],
      );
      digests[name] = rows[0]?.digest ?? '';
    }
    const { rows } = await this.admin.query(
      'SELECT md5(t::text) AS digest FROM tenant t WHERE id = $1',
      [this.victim.uuid],
    );
    return { ...digests, tenant: rows[0]?.digest };
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
