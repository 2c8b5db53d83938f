import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn, signIn } from '@/lib/domains/identity';
import { closeDatabase } from '@/lib/infra/db';
import type { Route } from '@/lib/transport/route-spec';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { GET as me, PATCH as changeMe } from './auth/me/route';
import { PUT as changePassword } from './auth/password/route';
import { DELETE as endAll, GET as sessions } from './auth/sessions/route';
import { DELETE as endOne } from './auth/sessions/[id]/route';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(async () => {
  await world.open();
  // Routes read the machine's clock.
  world.clock.advance(Date.now() - world.clock.now().getTime());
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

type Call = { token?: string; cookie?: string; origin?: string; body?: unknown; id?: string };

async function call(route: Route, method: string, path: string, options: Call = {}) {
  const { token, cookie, origin, body, id } = options;
  const request = new Request(`http://localhost:8080/api/v1${path}`, {
    method,
    headers: {
      host: 'localhost:8080',
      'x-forwarded-for': world.info().ip ?? '',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie: `nz_session=${cookie}` } : {}),
      ...(origin ? { origin } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: id ? { id } : {} });
  const text = await response.text();
  return {
    status: response.status,
    cookies: response.headers.getSetCookie(),
    json: text ? JSON.parse(text) : null,
  };
}

const HERE = 'http://localhost:8080';

/** A person with a browser at the root host and two programs. */
async function person() {
  const owner = await world.owner();
  const program = () => logIn(world.info(), { username: owner.email, password: PASSWORD });
  const [first, second] = [await program(), await program()];
  const { session } = await signIn(world.info(), { email: owner.email, password: PASSWORD });
  return {
    ...owner,
    cookie: session.token,
    first: first.access_token,
    second: second.access_token,
  };
}

describe('PATCH /auth/me', () => {
  it('changes the name, for every credential of the person', async () => {
    const { first, cookie } = await person();
    const answer = await call(changeMe, 'PATCH', '/auth/me', {
      token: first,
      body: { name: '  Ada   Lovelace ' },
    });
    expect(answer).toMatchObject({ status: 200, json: { user: { name: 'Ada Lovelace' } } });
    const seen = await call(me, 'GET', '/auth/me', { cookie });
    expect(seen.json).toMatchObject({ user: { name: 'Ada Lovelace' } });
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\u0007b' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'Ada', email: 'other@example.com' }, 'email'],
  ])('names the field at fault (%#)', async (body, path) => {
    const { first: token } = await person();
    const { status, json } = await call(changeMe, 'PATCH', '/auth/me', { token, body });
    expect([status, json.errors[0].path]).toEqual([422, path]);
  });

  it('is refused to nobody in particular and to pages of another site', async () => {
    const { cookie } = await person();
    const body = { name: 'Mallory' };
    expect((await call(changeMe, 'PATCH', '/auth/me', { body })).status).toBe(401);
    for (const origin of ['http://evil.example', 'null', 'http://x.localhost:8080']) {
      const answer = await call(changeMe, 'PATCH', '/auth/me', { cookie, origin, body });
      expect(answer.status).toBe(403);
    }
  });
});

describe('/auth/sessions', () => {
  it('lists sign-ins with device and place, and ends one', async () => {
    const { first, second } = await person();
    const { json } = await call(sessions, 'GET', '/auth/sessions', { token: first });
    expect(json.data).toHaveLength(4);
    expect(json.data[0]).toEqual({
      id: expect.stringMatching(/^ses_/),
      kind: expect.any(String),
      current: expect.any(Boolean),
      ip: expect.any(String),
      device: 'test',
      user_agent: 'test browser',
      created_at: expect.any(String),
      last_seen_at: expect.any(String),
      expires_at: expect.any(String),
    });
    const victim = json.data.find(
      (one: { kind: string; current: boolean }) => one.kind === 'program' && !one.current,
    );
    const path = `/auth/sessions/${victim.id}`;
    const stranger = await person();
    const foreign = await call(endOne, 'DELETE', path, { token: stranger.first, id: victim.id });
    expect(foreign.status).toBe(404);
    expect((await call(endOne, 'DELETE', path, { token: first, id: victim.id })).status).toBe(204);
    expect((await call(me, 'GET', '/auth/me', { token: second })).status).toBe(401);
  });

  it('ends all others, or everything with the cookie of the browser that asked', async () => {
    const { first, second, cookie } = await person();
    const others = await call(endAll, 'DELETE', '/auth/sessions', { cookie, origin: HERE });
    expect(others).toMatchObject({ status: 200, json: { ended: 3 }, cookies: [] });
    for (const token of [first, second]) {
      expect((await call(me, 'GET', '/auth/me', { token })).status).toBe(401);
    }
    const path = '/auth/sessions?include_current=true';
    expect((await call(endAll, 'DELETE', path, { cookie })).status).toBe(403);
    const all = await call(endAll, 'DELETE', path, { cookie, origin: HERE });
    expect(all).toMatchObject({ status: 200, json: { ended: 1 } });
    expect(all.cookies[0]).toMatch(/^nz_session=; .*Max-Age=0/);
    expect((await call(me, 'GET', '/auth/me', { cookie })).status).toBe(401);
    const { first: token } = await person();
    const odd = await call(endAll, 'DELETE', '/auth/sessions?include_current=yes', { token });
    expect([odd.status, odd.json.errors[0].path]).toEqual([422, 'include_current']);
  });
});

describe('PUT /auth/password', () => {
  it('ends the others unless told otherwise', async () => {
    const { first, second } = await person();
    const body = { current_password: PASSWORD, password: 'quite another sentence' };
    const kept = { ...body, end_other_sessions: false };
    const path = '/auth/password';
    expect((await call(changePassword, 'PUT', path, { token: first, body: kept })).status).toBe(
      204,
    );
    expect((await call(me, 'GET', '/auth/me', { token: second })).status).toBe(200);
    const again = { current_password: body.password, password: 'and a third sentence' };
    expect((await call(changePassword, 'PUT', path, { token: first, body: again })).status).toBe(
      204,
    );
    expect((await call(me, 'GET', '/auth/me', { token: second })).status).toBe(401);
    expect((await call(me, 'GET', '/auth/me', { token: first })).status).toBe(200);
  });
});
