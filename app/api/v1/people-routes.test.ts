import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/domains/gateway';
import { closeDatabase } from '@/lib/infra/db';
import type { Route } from '@/lib/transport/route-spec';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { GET as asset } from '../assets/[tenant]/[asset]/route';
import { GET as auditEvents } from './audit-events/route';
import { POST as login } from './auth/login/route';
import { POST as logout } from './auth/logout/route';
import { GET as me } from './auth/me/route';
import { POST as refresh } from './auth/refresh/route';
import { GET as member } from './customers/[id]/route';
import { GET as tenant, PATCH, PUT } from './tenants/[id]/route';
import { PATCH as branding } from './tenants/[id]/branding/route';
import { PUT as logo } from './tenants/[id]/branding/logo/[variant]/route';
import { GET as members, POST as invite } from './tenants/[id]/customers/route';
import { GET as tenants, POST as create } from './tenants/route';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

type Call = { token?: string; body?: unknown; raw?: BodyInit; type?: string; params?: object };
type Json = Record<string, unknown> & { [key: string]: never };

let address = 0;

async function call(route: Route, method: string, path: string, options: Call = {}) {
  address += 1;
  const { token, body, raw, type = 'application/json', params = {} } = options;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await route(
    new Request(`http://localhost:8080/api/v1${path}`, {
      method,
      headers: {
        'x-forwarded-for': `198.51.${address >> 8}.${address & 255}`,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(content === undefined ? {} : { 'content-type': type }),
      },
      ...(content === undefined ? {} : { body: content }),
    }),
    { params: params as Record<string, string> },
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text ? JSON.parse(text) : null,
  };
}

const signUpBody = (email: string, extra: object = {}) => ({
  name: 'My Trading Company',
  email,
  tenant_type: 'small_business',
  ...extra,
});

async function company() {
  const email = world.email();
  const created = await call(create, 'POST', '/tenants', {
    body: signUpBody(email, { password: PASSWORD }),
  });
  const answer = await call(login, 'POST', '/auth/login', {
    body: { username: email, password: PASSWORD },
  });
  const { id } = created.json as { id: string };
  return {
    email,
    id,
    setup: (created.json as { setup: { token: string } }).setup.token,
    token: (answer.json as { access_token: string }).access_token,
    refreshToken: (answer.json as { refresh_token: string }).refresh_token,
    params: { id },
  };
}

describe('POST /tenants', () => {
  it('answers to the letter', async () => {
    const body = signUpBody(world.email(), { slug: 'letter-perfect' });
    const { status, json, headers } = await call(create, 'POST', '/tenants', { body });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^ten_[0-9a-z]{26}$/),
      slug: 'letter-perfect',
      name: 'My Trading Company',
      status: 'trial',
      tenant_type: 'small_business',
      dashboard_url: 'http://letter-perfect.localhost:8080',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      setup: { token: expect.stringMatching(/^nz_st_/), expires_at: expect.any(String) },
    });
    expect(headers.get('x-request-id')).toBeTruthy();
    const again = await call(create, 'POST', '/tenants', {
      body: signUpBody(world.email(), { slug: 'letter-perfect' }),
    });
    expect(again.status).toBe(409);
    expect(again.json).toMatchObject({ code: 'slug_taken', suggestions: { length: 3 } });
  });

  it.each([
    [{}, 'name'],
    [{ ...signUpBody('x@example.com'), extra: 1 }, 'extra'],
    [{ ...signUpBody('x@example.com'), slug: 'аcme' }, 'slug'],
    [{ ...signUpBody('x@example.com'), password: 'short' }, 'password'],
    [{ ...signUpBody('x@example.com'), tenant_type: 7 }, 'tenant_type'],
  ])('names the field at fault (%#)', async (body, path) => {
    const { status, json } = await call(create, 'POST', '/tenants', { body });
    expect(status).toBe(422);
    const errors = (json as { errors: { path: string }[] }).errors;
    expect(errors.map((error) => error.path)).toContain(path);
  });
});

describe('a set-up token', () => {
  it('reads its tenant and nothing else', async () => {
    const { id, setup: token, params } = await company();
    expect((await call(tenant, 'GET', `/tenants/${id}`, { token, params })).status).toBe(200);
    const body = { name: 'Mine' };
    expect((await call(PATCH, 'PATCH', `/tenants/${id}`, { token, params, body })).status).toBe(
      403,
    );
    expect((await call(members, 'GET', `/tenants/${id}/customers`, { token, params })).status).toBe(
      403,
    );
    expect((await call(tenants, 'GET', '/tenants', { token })).status).toBe(403);
    const other = await company();
    const foreign = await call(tenant, 'GET', `/tenants/${other.id}`, {
      token,
      params: other.params,
    });
    expect(foreign.status).toBe(404);
  });
});

describe('access tokens', () => {
  it('log in, refresh, tell who is who, and log out', async () => {
    const { email, id, token, refreshToken } = await company();
    const who = await call(me, 'GET', '/auth/me', { token });
    expect(who.json).toMatchObject({
      user: { email, mfa_enabled: false },
      tenant: { id },
      role: 'owner',
    });
    const next = await call(refresh, 'POST', '/auth/refresh', {
      body: { refresh_token: refreshToken },
    });
    expect(next.status).toBe(200);
    const { access_token: renewed } = next.json as { access_token: string };
    expect((await call(me, 'GET', '/auth/me', { token })).status).toBe(401);
    expect((await call(logout, 'POST', '/auth/logout', { token: renewed })).status).toBe(204);
    expect((await call(me, 'GET', '/auth/me', { token: renewed })).status).toBe(401);
  });

  it('of a wrong login are a problem document, the same for every fault', async () => {
    const { email } = await company();
    const bodies = [
      { username: 'user@example.com', password: 'password', tenant_id: 'tenant-123' },
      { username: email, password: 'not it' },
      { username: email, password: PASSWORD, tenant_id: 'tenant-123' },
    ];
    const answers = await Promise.all(
      bodies.map((body) => call(login, 'POST', '/auth/login', { body })),
    );
    const said = answers.map(({ json }) => ({ ...(json as Json), request_id: null }));
    for (const { status, headers } of answers) {
      expect(status).toBe(401);
      expect(headers.get('content-type')).toBe('application/problem+json');
    }
    expect(said).toEqual(said.map(() => said[0]));
  });
});

describe('tenants and members', () => {
  it('are read, changed and listed by their own alone', async () => {
    const { id, token, params, email } = await company();
    const other = await company();
    for (const [route, method] of [
      [PATCH, 'PATCH'],
      [PUT, 'PUT'],
    ] as const) {
      const body = { name: `Renamed by ${method}` };
      const answer = await call(route, method, `/tenants/${id}`, { token, params, body });
      expect(answer.json).toMatchObject({ id, name: body.name });
      const foreign = { token: other.token, params, body };
      expect((await call(route, method, `/tenants/${id}`, foreign)).status).toBe(404);
    }
    const list = await call(tenants, 'GET', '/tenants', { token });
    expect((list.json as { data: { id: string }[] }).data.map((one) => one.id)).toEqual([id]);
    expect((await call(tenants, 'GET', '/tenants')).status).toBe(401);
    const people = await call(members, 'GET', `/tenants/${id}/customers`, { token, params });
    const [owner] = (people.json as { data: { id: string; email: string }[] }).data;
    expect(owner).toEqual({
      id: expect.stringMatching(/^mem_/),
      email,
      name: '',
      role: 'owner',
      status: 'active',
      last_seen_at: expect.anything(),
    });
    const memberId = owner?.id ?? '';
    const path = `/customers/${memberId}`;
    const one = await call(member, 'GET', path, { token, params: { id: memberId } });
    expect(one.json).toEqual(owner);
    const foreign = { token: other.token, params: { id: memberId } };
    expect((await call(member, 'GET', path, foreign)).status).toBe(404);
    const events = await call(auditEvents, 'GET', '/audit-events', { token });
    expect(JSON.stringify(events.json)).toContain('tenant.updated');
  });

  it('are found by an API key, its own one', async () => {
    const { ctx, tenant: own } = await world.owner();
    const { secret } = await createApiKey(ctx, { name: 'Reader' });
    const list = await call(tenants, 'GET', '/tenants', { token: secret });
    expect(list.json).toEqual({ data: [own], next_cursor: null });
    expect((await call(me, 'GET', '/auth/me', { token: secret })).status).toBe(403);
  });

  it('can’t invite before the address is confirmed, nor beyond the seats', async () => {
    const { id, token, params, email } = await company();
    const body = { email: world.email(), role: 'viewer' };
    const path = `/tenants/${id}/customers`;
    const early = await call(invite, 'POST', path, { token, params, body });
    expect(early).toMatchObject({ status: 403, json: { code: 'email_not_verified' } });
    await world.verify(email);
    const over = await call(invite, 'POST', path, { token, params, body });
    expect(over).toMatchObject({
      status: 402,
      json: { code: 'quota_exceeded', upgrade_to: 'professional', limit: 1, used: 1 },
    });
  });
});

describe('branding', () => {
  it('takes a logo and serves it without a cookie, guarded', async () => {
    const owner = await world.owner({ verified: true });
    await world.plan(owner.tenantId, 'enterprise');
    const answer = await call(login, 'POST', '/auth/login', {
      body: { username: owner.email, password: PASSWORD },
    });
    const { access_token: token } = answer.json as { access_token: string };
    const params = { id: owner.tenant.id, variant: 'light' };
    const raw =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="9" height="9"/></svg>';
    const upload = await call(logo, 'PUT', `/tenants/${params.id}/branding/logo/light`, {
      token,
      params,
      raw,
      type: 'image/png',
    });
    expect(upload.status).toBe(200);
    const { logo_light: path } = upload.json as { logo_light: string };
    const [, , , tenantId = '', assetId = ''] = path.split('/');
    const context = { params: Promise.resolve({ tenant: tenantId, asset: assetId }) };
    const served = await asset(new Request(`http://localhost:8080${path}`), context);
    expect(await served.text()).toBe(raw);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringContaining('attachment'),
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(served.headers.get('set-cookie')).toBeNull();
    const etag = { 'if-none-match': served.headers.get('etag') ?? '' };
    const cached = await asset(
      new Request(`http://localhost:8080${path}`, { headers: etag }),
      context,
    );
    expect(cached.status).toBe(304);
    const colours = await call(branding, 'PATCH', `/tenants/${params.id}/branding`, {
      token,
      params,
      body: { accent: 'red' },
    });
    expect(colours).toMatchObject({ status: 422, json: { errors: [{ path: 'accent' }] } });
  });
});
