import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { createTenant } from '@/lib/domains/onboarding';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  findSession,
  listSessions,
  logIn,
  refreshTokens,
  resolveMembership,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
} from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const DAY = 86_400_000;
const wrong = { code: 'invalid_credentials', kind: 'unauthenticated' };
const later = (ms: number) => new Date(world.clock.now().getTime() + ms);

describe('signing in', () => {
  it('at the root host gives a session of no tenant', async () => {
    const { email } = await world.owner();
    const { session, membership } = await signIn(world.info(), { email, password: PASSWORD });
    expect(membership).toBeNull();
    const found = await findSession(session.token, 'cookie', world.clock.now());
    expect(found).toMatchObject({ email, tenantId: null, via: 'cookie' });
  });

  it('at a tenant’s host gives a session of that tenant, with an audit row', async () => {
    const { email, tenant, tenantId } = await world.owner();
    const { session } = await signIn(world.info(), {
      email,
      password: PASSWORD,
      tenant: tenant.slug,
    });
    const found = await findSession(session.token, 'cookie', world.clock.now());
    expect(found?.tenantId).toBe(tenantId);
    expect(await world.audit(tenantId)).toContain('session.started');
  });

  it('answers a wrong password, an unknown person and a foreign tenant alike', async () => {
    const { email } = await world.owner();
    const { tenant: foreign } = await world.owner();
    const tries = [
      signIn(world.info(), { email, password: 'not the password' }),
      signIn(world.info(), { email: 'nobody@example.com', password: PASSWORD }),
      signIn(world.info(), { email, password: PASSWORD, tenant: foreign.slug }),
      logIn(world.info(), { username: email, password: PASSWORD, tenant_id: foreign.id }),
      logIn(world.info(), { username: email, password: PASSWORD, tenant_id: 'tenant-123' }),
    ];
    const errors = await Promise.all(tries.map((one) => one.catch((error: Error) => error)));
    for (const error of errors) expect(error).toMatchObject(wrong);
    expect(new Set(errors.map((error) => (error as Error).message)).size).toBe(1);
  });

  it('allows ten guesses in any quarter of an hour, however many come at once', async () => {
    const { email } = await world.owner();
    const guesses = await Promise.allSettled(
      Array.from({ length: 25 }, () => signIn(world.info(), { email, password: 'a wrong guess' })),
    );
    const codes = guesses.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'));
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(15);
    await expect(signIn(world.info(), { email, password: PASSWORD })).rejects.toMatchObject({
      kind: 'rate_limited',
      extra: { retry_after: 900 },
    });
    world.clock.advance(15 * 60_000);
    await expect(signIn(world.info(), { email, password: PASSWORD })).resolves.toBeDefined();
  });

  it('throttles an address nobody has in the same way', async () => {
    const email = 'ghost@example.com';
    for (let i = 0; i < 10; i += 1) {
      await expect(signIn(world.info(), { email, password: 'guess' })).rejects.toMatchObject(wrong);
    }
    await expect(signIn(world.info(), { email, password: 'guess' })).rejects.toMatchObject({
      kind: 'rate_limited',
    });
  });

  it('lets the owner in from an address they know while strangers guess', async () => {
    const { email } = await world.owner();
    await signIn(world.info('192.0.2.7'), { email, password: PASSWORD });
    for (let i = 0; i < 12; i += 1) {
      await signIn(world.info(), { email, password: 'a wrong guess' }).catch(() => null);
    }
    await expect(signIn(world.info(), { email, password: PASSWORD })).rejects.toMatchObject({
      kind: 'rate_limited',
    });
    const home = signIn(world.info('192.0.2.7'), { email, password: PASSWORD });
    await expect(home).resolves.toBeDefined();
  });
});

describe('logging a program in', () => {
  it('asks which tenant when there are several, after the right password only', async () => {
    const { email, principal, tenant } = await world.owner({ verified: true });
    const other = await world.owner();
    await world.admin.query(
      `INSERT INTO membership (tenant_id, id, user_id, role, created_at)
       VALUES ($1, gen_random_uuid(), $2, 'viewer', now())`,
      [other.tenantId, principal.userId],
    );
    await expect(
      logIn(world.info(), { username: email, password: 'not the password' }),
    ).rejects.toMatchObject(wrong);
    const error = await logIn(world.info(), { username: email, password: PASSWORD }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ kind: 'conflict', code: 'tenant_required' });
    const { tenants } = (error as { extra: { tenants: { id: string }[] } }).extra;
    expect(tenants.map(({ id }) => id).sort()).toEqual([tenant.id, other.tenant.id].sort());
    for (const tenant_id of [other.tenant.id, other.tenant.slug]) {
      const answer = await logIn(world.info(), { username: email, password: PASSWORD, tenant_id });
      expect(answer.tenant).toEqual(other.tenant);
    }
  });

  it('answers exactly as the contract says', async () => {
    const { email, tenant } = await world.owner();
    const answer = await logIn(world.info(), { username: email, password: PASSWORD });
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^nz_at_/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^nz_rt_/),
      user: {
        id: expect.stringMatching(/^usr_/),
        email,
        name: 'Olivia Owner',
        email_verified: false,
        mfa_enabled: false,
      },
      tenant,
    });
    const { access_token: token } = answer;
    expect(await findSession(token, 'token', world.clock.now())).not.toBeNull();
    expect(await findSession(token, 'cookie', world.clock.now())).toBeNull();
    expect(await findSession(token, 'token', later(3_600_001))).toBeNull();
  });

  it('keeps nobody in by a membership that ended', async () => {
    const { tenantId } = await world.owner();
    const email = world.email();
    await createTenant(world.info(), {
      name: 'Elsewhere',
      email,
      tenant_type: 'individual',
      password: PASSWORD,
      slug: undefined,
    });
    await expect(
      logIn(world.info(), { username: email, password: PASSWORD, tenant_id: tenantId }),
    ).rejects.toMatchObject(wrong);
  });
});

describe('refresh tokens', () => {
  const start = async () => {
    const owner = await world.owner();
    const answer = await logIn(world.info(), { username: owner.email, password: PASSWORD });
    return { ...owner, answer };
  };

  it('rotate: new ones work, old ones don’t', async () => {
    const { answer } = await start();
    const next = await refreshTokens(world.info(), { refresh_token: answer.refresh_token });
    expect(next.expires_in).toBe(3600);
    expect(await findSession(next.access_token, 'token', world.clock.now())).not.toBeNull();
    expect(await findSession(answer.access_token, 'token', world.clock.now())).toBeNull();
  });

  it('used twice, however long ago, end the session', async () => {
    const { answer, tenantId } = await start();
    const first = { refresh_token: answer.refresh_token };
    const second = await refreshTokens(world.info(), first);
    const third = await refreshTokens(world.info(), { refresh_token: second.refresh_token });
    await expect(refreshTokens(world.info(), first)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await findSession(third.access_token, 'token', world.clock.now())).toBeNull();
    await expect(
      refreshTokens(world.info(), { refresh_token: third.refresh_token }),
    ).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(await world.audit(tenantId)).toContain('session.ended');
  });

  it('that were never issued end nothing', async () => {
    const { answer } = await start();
    const forged = `${answer.refresh_token.slice(0, -4)}0000`;
    await expect(refreshTokens(world.info(), { refresh_token: forged })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await findSession(answer.access_token, 'token', world.clock.now())).not.toBeNull();
  });

  it('of an ended membership are refused', async () => {
    const { answer, tenantId } = await start();
    await world.admin.query('DELETE FROM membership WHERE tenant_id = $1', [tenantId]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    await expect(
      refreshTokens(world.info(), { refresh_token: answer.refresh_token }),
    ).rejects.toMatchObject({ kind: 'unauthenticated' });
  });
});

describe('sessions', () => {
  it('end idle after fourteen days and at sixty whatever happens', async () => {
    const { session, principal } = await world.owner();
    for (let day = 0; day < 50; day += 10) {
      world.clock.advance(10 * DAY);
      await world.admin.query('SELECT pg_sleep(0.9)');
      expect(await findSession(session.token, 'cookie', world.clock.now())).not.toBeNull();
    }
    expect(await findSession(session.token, 'cookie', later(11 * DAY))).toBeNull();
    expect(principal.kind).toBe('session');
    const other = await world.owner();
    await world.admin.query('SELECT pg_sleep(0.9)');
    expect(await findSession(other.session.token, 'cookie', later(14 * DAY + 1))).toBeNull();
  });

  it('are listed and ended one by one or all but this', async () => {
    const { email, principal, session } = await world.owner();
    const second = await signIn(world.info('192.0.2.9'), { email, password: PASSWORD });
    const third = await logIn(world.info(), { username: email, password: PASSWORD });
    const listed = await listSessions(world.info(), principal);
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    const victim = listed.find(({ ip }) => ip === '192.0.2.9');
    await revokeSession(world.info(), principal, victim?.id ?? '');
    expect(await findSession(second.session.token, 'cookie', world.clock.now())).toBeNull();
    expect(await revokeOtherSessions(world.info(), principal)).toBe(1);
    expect(await findSession(third.access_token, 'token', world.clock.now())).toBeNull();
    await signOut(world.info(), principal);
    expect(await findSession(session.token, 'cookie', world.clock.now())).toBeNull();
  });

  it('that end are written down in their tenant, with the reason', async () => {
    const { email, principal, tenant, tenantId } = await world.owner();
    const here = { email, password: PASSWORD, tenant: tenant.slug };
    const reasons = async () => {
      const { rows } = await world.admin.query<{ after: object; actor: { id: string } }>(
        `SELECT after, actor FROM audit_event
         WHERE tenant_id = $1 AND action = 'session.ended' ORDER BY id`,
        [tenantId],
      );
      expect(rows.every(({ actor }) => actor.id === principal.userId)).toBe(true);
      return rows.map(({ after }) => after);
    };
    await signIn(world.info(), here);
    await logIn(world.info(), { username: email, password: PASSWORD });
    expect(await revokeOtherSessions(world.info(), principal)).toBe(2);
    const revoked = [
      { kind: 'browser', reason: 'revoked' },
      { kind: 'program', reason: 'revoked' },
    ];
    expect(await reasons()).toEqual(expect.arrayContaining(revoked));
    const { session } = await signIn(world.info(), here);
    const last = await findSession(session.token, 'cookie', world.clock.now());
    if (last) await signOut(world.info(), last);
    expect(await reasons()).toHaveLength(3);
    expect(await reasons()).toContainEqual({ kind: 'browser', reason: 'signed_out' });
    // The root host's session is of no tenant.
    await signOut(world.info(), principal);
    expect(await reasons()).toHaveLength(3);
  });

  it('of somebody else can’t be ended', async () => {
    const victim = await world.owner();
    const [listed] = await listSessions(world.info(), victim.principal);
    const { principal } = await world.owner();
    await expect(revokeSession(world.info(), principal, listed?.id ?? '')).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await findSession(victim.session.token, 'cookie', world.clock.now())).not.toBeNull();
  });
});

describe('a membership', () => {
  it('is found by id or slug, of one’s own tenants alone', async () => {
    const { principal, tenant, tenantId } = await world.owner();
    const other = await world.owner();
    const { userId } = principal;
    for (const selector of [{ tenantId }, { slugOrId: tenant.id }, { slugOrId: tenant.slug }]) {
      expect(await resolveMembership(userId, selector)).toMatchObject({ tenantId, role: 'owner' });
    }
    expect(await resolveMembership(userId, { slugOrId: other.tenant.slug })).toBeNull();
    expect(await resolveMembership(userId, { tenantId: other.tenantId })).toBeNull();
  });
});
