import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmSecondFactor, startSecondFactor } from '@/lib/domains/operator';
import { drainTallies } from '@/lib/infra/tally';
import { systemClock } from '@/lib/kernel/clock';
import { apiEndpoints, type Call, callRoute } from '@/lib/testing/isolation/call-route';
import { routeCases } from '@/lib/testing/isolation/route-cases';
import { bearer, CANARY, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import { makeOperator, platformAudit, signedInOperator } from '@/lib/testing/operator-world';
import { provideRoutes } from '@/lib/transport/route-table';
import { routes } from '@/lib/runtime/routes.generated';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);
const endpoints = apiEndpoints();
const ADMIN_HOST = 'admin.localhost:8080';
const tokens = { admin: '', finance: '', support: '', waiting: '' };
let addresses = 0;

const info = () => ({
  requestId: 'req_operator',
  clock: systemClock,
  ip: `10.60.0.${++addresses}`,
  userAgent: 'test browser',
});

beforeAll(async () => {
  provideRoutes(routes);
  await world.build();
  for (const role of ['admin', 'finance', 'support'] as const) {
    await makeOperator(world.admin, role, `${role}@operators.example`);
    tokens[role] = (await signedInOperator(info(), `${role}@operators.example`)).token;
  }
  await makeOperator(world.admin, 'admin', 'waiting@operators.example');
  const { ctx } = await signedInOperator(info(), 'waiting@operators.example');
  const { secret } = await startSecondFactor(ctx);
  await confirmSecondFactor(ctx, generateSync({ secret }));
  tokens.waiting = (await signedInOperator(info(), 'waiting@operators.example')).token;
}, 120_000);
afterAll(() => world.close());

const cookie = (token: string, host = ADMIN_HOST) => ({ host, cookie: `nz_operator=${token}` });

async function send(name: string, headers: Record<string, string>, call: Call = {}) {
  const endpoint = endpoints.find((one) => one.name === name);
  if (!endpoint) throw new Error(`no endpoint ${name}`);
  addresses += 1;
  return callRoute(endpoint, call, {
    'x-forwarded-for': `10.61.${addresses >> 8}.${addresses & 255}`,
    ...headers,
  });
}

async function answer(...asked: Parameters<typeof send>) {
  const { status, text } = await send(...asked);
  return { status, body: JSON.parse(text || '{}') };
}

const operatorRoutes = endpoints.filter(({ route }) => route.spec.access === 'operator');

describe('what is for operators', () => {
  const refused: [string, number, () => Record<string, string>][] = [
    ['nobody', 401, () => ({ host: ADMIN_HOST })],
    ['a tenant’s owner', 403, () => ({ host: ADMIN_HOST, ...bearer(world.victim.token) })],
    ['an API key', 403, () => ({ host: ADMIN_HOST, ...bearer(world.attackerKey) })],
    [
      'a person’s browser session',
      403,
      () => ({ host: ADMIN_HOST, cookie: `nz_session=${world.attackerCookie}` }),
    ],
    ['a person’s session under the operators’ name', 401, () => cookie(world.attackerCookie)],
    ['an operator at the root host', 401, () => cookie(tokens.admin, 'localhost:8080')],
    [
      'an operator at a tenant’s host',
      401,
      () => cookie(tokens.admin, `${world.victim.slug}.localhost:8080`),
    ],
    ['an operator whose second factor is wanted', 401, () => cookie(tokens.waiting)],
    ['an operator’s token as a bearer token', 401, () => bearer(tokens.admin)],
  ];

  it('is there', () => {
    expect(operatorRoutes.length).toBeGreaterThan(4);
  });

  it.each(refused)('is refused to %s', async (_, status, headers) => {
    const answers: Record<string, number> = {};
    for (const { name } of operatorRoutes) answers[name] = (await answer(name, headers())).status;
    expect(answers).toEqual(Object.fromEntries(operatorRoutes.map(({ name }) => [name, status])));
  });

  it('writes nothing from a page of another site', async () => {
    const headers = { ...cookie(tokens.admin), origin: 'https://evil.example' };
    expect((await answer('POST /api/v1/admin/sign-out', headers)).status).toBe(403);
    expect((await answer('GET /api/v1/admin/stats', cookie(tokens.admin))).status).toBe(200);
  });
});

describe('an operator', () => {
  it('opens no route of people, tenants and keys', async () => {
    // The calls that were refused above are counted, in batches.
    await drainTallies();
    const before = await world.digest();
    const open: string[] = [];
    for (const endpoint of endpoints) {
      if (['operator', 'public'].includes(endpoint.route.spec.access)) continue;
      for (const one of routeCases[endpoint.name]?.(world) ?? []) {
        for (const host of [ADMIN_HOST, `${world.victim.slug}.localhost:8080`]) {
          const headers = { ...cookie(tokens.admin, host), 'x-tenant-id': world.victim.slug };
          const { status } = await answer(endpoint.name, headers, one);
          if (![401, 403, 404].includes(status))
            open.push(`${endpoint.name} at ${host}: ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
    expect(await world.digest()).toEqual(before);
  });

  it('asks for refunds in the API’s own form, and is told what is wrong with them', async () => {
    const from = (token: string) => ({ ...cookie(token), origin: `http://${ADMIN_HOST}` });
    const refund = (body: object, id = world.owned.invoice, as = tokens.finance) =>
      answer('POST /api/v1/invoices/:id/refunds', from(as), { params: { id }, body });
    const reason = 'Charged by mistake';
    const amount = (cents: number, currency = 'usd') => ({ amount: cents, currency });
    const refused = async (status: number, code: string, ...asked: Parameters<typeof refund>) => {
      expect(await refund(...asked)).toMatchObject({ status, body: { code } });
    };
    await refused(422, 'refund_too_large', { amount: amount(1_000_000), reason });
    await refused(422, 'currency_mismatch', { amount: amount(100, 'EUR'), reason });
    await refused(422, 'invalid_fields', { amount: amount(0), reason });
    await refused(422, 'invalid_fields', { amount: 100, reason });
    await refused(422, 'invalid_fields', { amount: amount(100) });
    await refused(404, 'not_found', { reason }, 'inv_nothing');
    await refused(403, 'forbidden', { reason }, world.owned.invoice, tokens.support);
    const listed = await answer('GET /api/v1/admin/refunds', cookie(tokens.support), {
      query: '?status=requested',
    });
    expect(listed.body.data).toMatchObject([{ id: world.owned.refund, amount: amount(100) }]);
    const invoices = await answer('GET /api/v1/admin/invoices', cookie(tokens.support));
    expect(invoices.body.data).toMatchObject([
      { id: world.owned.invoice, amount_refunded: amount(100), dispute: 'inquiry' },
    ]);
    const own = await answer('GET /api/v1/invoices/:id/refunds', bearer(world.victim.token), {
      params: { id: world.owned.invoice },
    });
    expect(own.body).toMatchObject({
      amount_refunded: amount(100),
      refunds: [{ status: 'succeeded', credit_note_id: world.owned.creditNote }],
      credit_notes: [{ id: world.owned.creditNote }],
      disputes: [{ status: 'inquiry' }],
    });
    const refuse = await answer('POST /api/v1/admin/refunds/:id/refuse', from(tokens.finance), {
      params: { id: world.owned.refund },
      body: { reason: 'Not owed to them' },
    });
    expect(refuse).toMatchObject({ status: 200, body: { status: 'refused' } });
    const late = await answer('POST /api/v1/admin/refunds/:id/approve', from(tokens.admin), {
      params: { id: world.owned.refund },
    });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'refund_decided', refund_status: 'refused' },
    });
  });

  it('gives a discount in the API’s own form, and is told what is wrong with it', async () => {
    const from = (token: string) => ({ ...cookie(token), origin: `http://${ADMIN_HOST}` });
    const give = (body: object, id = world.victim.id, as = tokens.finance) =>
      answer('POST /api/v1/admin/tenants/:id/discount', from(as), { params: { id }, body });
    const refused = async (status: number, code: string, ...asked: Parameters<typeof give>) => {
      expect(await give(...asked)).toMatchObject({ status, body: { code } });
    };
    const gift = { percent_off: 12.5, duration: 'once', reason: 'Agreed on the phone' };
    await refused(422, 'invalid_fields', { ...gift, amount_off: 500 });
    await refused(422, 'invalid_fields', { ...gift, duration: 'repeating' });
    await refused(422, 'invalid_fields', { ...gift, percent_off: 101 });
    await refused(422, 'invalid_fields', { ...gift, reason: ' ' });
    await refused(404, 'not_found', gift, 'ten_nobody');
    await refused(403, 'forbidden', gift, world.victim.id, tokens.support);
    await refused(409, 'no_subscription', gift, world.attacker.id);
    const remove = (as: string) =>
      answer('POST /api/v1/admin/tenants/:id/discount/remove', from(as), {
        params: { id: world.attacker.id },
        body: { reason: 'Given by mistake' },
      });
    expect(await remove(tokens.support)).toMatchObject({ status: 403 });
    expect(await remove(tokens.finance)).toMatchObject({
      status: 409,
      body: { code: 'no_subscription' },
    });
  });

  it('sees every tenant, subscription and what is counted, and that is written down', async () => {
    const as = cookie(tokens.support);
    const tenants = await answer('GET /api/v1/admin/tenants', as);
    const slugs = tenants.body.data.map(({ slug }: { slug: string }) => slug);
    expect(slugs).toEqual(expect.arrayContaining([world.attacker.slug, world.victim.slug]));
    const found = await answer('GET /api/v1/admin/tenants', as, { query: `?search=${CANARY}` });
    expect(found.body.data).toHaveLength(1);
    const subscriptions = await answer('GET /api/v1/admin/subscriptions', as);
    expect(subscriptions.body.data[0]).toMatchObject({
      id: world.owned.subscription,
      tenant: { id: world.victim.id, slug: world.victim.slug },
    });
    const stats = await answer('GET /api/v1/admin/stats', as);
    expect(stats.body).toMatchObject({
      tenants: { total: slugs.length, new_30_days: slugs.length },
      subscriptions: { live: 1 },
    });
    const listed = await platformAudit(world.admin);
    expect(listed).toEqual(
      expect.arrayContaining(['tenants.listed', 'subscriptions.listed', 'stats.viewed']),
    );
    const audit = await answer('GET /api/v1/admin/audit-events', as, { query: '?looks=all' });
    expect(audit.body.data[0]).toMatchObject({ operator: { email: 'support@operators.example' } });
  });

  it('exports what is behind a figure as CSV, whole; revenue is not for support', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const query = `?month=${month}&measure=cash&limit=1`;
    const path = 'GET /api/v1/admin/revenue/invoices';
    const as = { ...cookie(tokens.admin), accept: 'text/csv' };
    const csv = await send(path, as, { query });
    expect(csv.status).toBe(200);
    const lines = csv.text.trim().split('\r\n');
    const [head, ...rows] = lines.map((line) => line.split(','));
    expect(head?.slice(0, 2)).toEqual(['tenant_id', 'tenant_slug']);
    for (const row of rows) expect(row.slice(0, 2)).toEqual([world.victim.id, world.victim.slug]);
    // What went back is a row of its own.
    expect([head, ...rows].map((row) => row?.slice(-2))).toEqual([
      ['amount', 'currency'],
      ['-100', 'usd'],
      ['19900', 'usd'],
    ]);
    const pdf = await answer(path, { ...as, accept: 'application/pdf' }, { query });
    expect(pdf.status).toBe(406);
    expect(await platformAudit(world.admin)).toContain('revenue_invoices.exported');
    for (const { name } of operatorRoutes.filter((route) => route.name.includes('/revenue'))) {
      expect((await answer(name, cookie(tokens.support))).status).toBe(403);
    }
  });

  it.each([
    ['GET /api/v1/admin/tenants', '?status=nonsense'],
    ['GET /api/v1/admin/tenants', '?cursor=nonsense'],
    ['GET /api/v1/admin/subscriptions', '?limit=101'],
    ['GET /api/v1/admin/webhooks', '?unknown=1'],
  ])('%s%s is a fault of the input', async (name, query) => {
    expect((await answer(name, cookie(tokens.support), { query })).status).toBe(422);
  });

  it('signs out, and the session is gone', async () => {
    const { token } = await signedInOperator(info(), 'admin@operators.example');
    const headers = { ...cookie(token), origin: `http://${ADMIN_HOST}` };
    expect((await answer('POST /api/v1/admin/sign-out', headers)).status).toBe(204);
    expect((await answer('GET /api/v1/admin/stats', cookie(token))).status).toBe(401);
  });
});
