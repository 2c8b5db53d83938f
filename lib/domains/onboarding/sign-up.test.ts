import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSession, findSetupToken, logIn, resolveMembership } from '@/lib/domains/identity';
import { closeDatabase } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { parsePublicId } from '@/lib/kernel/ids';
import { confirmByLink, createTenant, createTenantInput, getLink, signUp } from '.';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const form = (email: string, slug?: string) => ({
  organisation: 'Acme Capital',
  slug,
  email,
  password: PASSWORD,
  name: 'Ann',
  tenantType: 'enterprise' as const,
});

async function rejection(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).not.toBeNull();
  return error as { code: string; kind: string; extra: Record<string, unknown>; errors: unknown[] };
}

const count = async (table: string) =>
  Number((await world.admin.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

describe('signing up in a browser', () => {
  it('makes person, tenant, owner, trial and session, and mails a verification link', async () => {
    const email = world.email();
    const result = await signUp(world.info(), form(email, 'acme'));
    expect(result.tenant).toMatchObject({
      slug: 'acme',
      name: 'Acme Capital',
      status: 'trial',
      tenant_type: 'enterprise',
      dashboard_url: 'http://acme.localhost:8080',
    });
    if (result.outcome !== 'signed_in') throw new Error('a new address signs in at once');
    const session = await findSession(result.session.token, 'cookie', world.clock.now());
    expect(session).toMatchObject({ email, emailVerified: false, tenantId: null });
    const place = await resolveMembership(session?.userId ?? '', { slugOrId: 'acme' });
    expect(place?.role).toBe('owner');
    const tenantId = place?.tenantId ?? '';
    expect(await world.audit(tenantId)).toEqual(['tenant.created']);
    expect(await world.topics(tenantId)).toEqual(['entitlements.changed', 'tenant.created']);
    const { rows } = await world.admin.query('SELECT * FROM entitlement WHERE tenant_id = $1', [
      tenantId,
    ]);
    expect(rows[0]).toMatchObject({ plan_id: 'starter', source: 'trial' });
    expect(await world.token(email, 'verify_email')).toMatch(/^[\w-]{40,}$/);
  });

  it('refuses a taken, look-alike or reserved slug and suggests free ones', async () => {
    await signUp(world.info(), form(world.email(), 'harbour'));
    for (const slug of ['harbour', 'har-bour', 'admin', 'adm1n']) {
      const before = await count('"user"');
      const error = await rejection(signUp(world.info(), form(world.email(), slug)));
      expect(error).toMatchObject({ kind: 'conflict', code: 'slug_taken' });
      expect(error.extra.suggestions).toHaveLength(3);
      expect(await count('"user"')).toBe(before);
    }
  });

  it.each(['\u0430cme', 'Acme', 'a', '-x-', 'x'.repeat(41)])(
    'refuses the slug %s',
    async (slug) => {
      const error = await rejection(signUp(world.info(), form(world.email(), slug)));
      expect(error).toMatchObject({ kind: 'invalid', errors: [{ path: 'slug' }] });
    },
  );

  it('refuses passwords that are short, common or one’s own address', async () => {
    const email = world.email();
    for (const password of ['short', 'Password1234', email, 'aaaaaaaaaaaa', '12345678901234']) {
      const error = await rejection(signUp(world.info(), { ...form(email), password }));
      expect(error).toMatchObject({ kind: 'invalid', errors: [{ path: 'password' }] });
    }
  });

  it('gives a slug to one of many who want it at once, and loses nobody’s address', async () => {
    const emails = Array.from({ length: 6 }, () => world.email());
    const results = await Promise.allSettled(
      emails.map((email) => signUp(world.info(), form(email, 'race-for-it'))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'slug_taken'));
    const derived = await Promise.all(
      emails.slice(0, 3).map(() => signUp(world.info(), form(world.email()))),
    );
    expect(new Set(derived.map(({ tenant }) => tenant.slug)).size).toBe(3);
  });

  it('makes one person of two sign-ups with one address at once; the other must confirm', async () => {
    const email = world.email();
    const results = await Promise.all([
      signUp(world.info(), form(email, 'twin-a')),
      signUp(world.info(), form(email, 'twin-b')),
    ]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['confirm_by_mail', 'signed_in']);
    const { rows } = await world.admin.query('SELECT id FROM "user" WHERE email = $1', [email]);
    expect(rows).toHaveLength(1);
  });
});

describe('a known address', () => {
  it('gets nothing but a mail; the link makes the tenant theirs, once', async () => {
    const { email, principal } = await world.owner({ verified: true });
    const result = await signUp(world.info(), {
      ...form(email, 'second-one'),
      password: `${PASSWORD}!`,
    });
    expect(result.outcome).toBe('confirm_by_mail');
    expect(await resolveMembership(principal.userId, { slugOrId: 'second-one' })).toBeNull();
    await expect(
      logIn(world.info(), { username: email, password: `${PASSWORD}!` }),
    ).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    const token = await world.token(email, 'confirm_tenant');
    expect(await getLink(world.info(), token)).toEqual({
      purpose: 'confirm_tenant',
      tenantName: 'Acme Capital',
    });
    world.clock.advance(1000);
    const confirmed = await confirmByLink(world.info(), token);
    expect(confirmed).toMatchObject({ tenant: { slug: 'second-one' }, resetToken: null });
    expect((await resolveMembership(principal.userId, { slugOrId: 'second-one' }))?.role).toBe(
      'owner',
    );
    const tenantId = parsePublicId('tenant', confirmed.tenant.id) ?? '';
    expect(await world.audit(tenantId)).toEqual(['tenant.created', 'member.joined']);
    await expect(confirmByLink(world.info(), token)).rejects.toMatchObject({ code: 'stale_link' });
  });

  it('that nobody had confirmed loses the password set before its owner came', async () => {
    const { email, principal, session } = await world.owner();
    await signUp(world.info(), form(email, 'true-owner'));
    const { resetToken } = await confirmByLink(
      world.info(),
      await world.token(email, 'confirm_tenant'),
    );
    expect(resetToken).toMatch(/^[\w-]{40,}$/);
    expect(await findSession(session.token, 'cookie', world.clock.now())).toBeNull();
    await expect(
      logIn(world.info(), { username: email, password: PASSWORD, tenant_id: 'true-owner' }),
    ).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(principal.emailVerified).toBe(false);
  });
});

describe('POST /tenants', () => {
  const input = (email: string, extra: object = {}) =>
    createTenantInput.parse({
      name: 'My Trading Company',
      email,
      tenant_type: 'small_business',
      ...extra,
    });

  it('answers with a set-up token that lives an hour, and with the same form for a known address', async () => {
    const email = world.email();
    const first = await createTenant(world.info(), input(email));
    const again = await createTenant(world.info(), input(email));
    expect(Object.keys(again).sort()).toEqual(Object.keys(first).sort());
    expect(first.slug).not.toBe(again.slug);
    const setup = await findSetupToken(first.setup.token, world.clock.now());
    expect(setup?.tenantId).toBe(parsePublicId('tenant', first.id));
    const later = new Date(world.clock.now().getTime() + 3_600_001);
    expect(await findSetupToken(first.setup.token, later)).toBeNull();
    expect((await world.mailsTo(email)).map(({ template }) => template)).toEqual([
      'choose_password',
      'confirm_tenant',
    ]);
  });

  it('lets a person with a password log in at once', async () => {
    const email = world.email();
    const tenant = await createTenant(world.info(), input(email, { password: PASSWORD }));
    const answer = await logIn(world.info(), { username: email, password: PASSWORD });
    expect(answer.tenant.id).toBe(tenant.id);
    expect(answer.user).toMatchObject({ email, email_verified: false, mfa_enabled: false });
  });

  it('allows one address sixty an hour', async () => {
    const info = world.info();
    for (let i = 0; i < 60; i += 1) await createTenant(info, input(world.email()));
    const error = await rejection(createTenant(info, input(world.email())));
    expect(error).toMatchObject({ kind: 'rate_limited', extra: { retry_after: 3600 } });
    world.clock.advance(3_600_001);
    await expect(createTenant(info, input(world.email()))).resolves.toBeDefined();
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ email: 'nobody' }, 'email'],
    [{ tenant_type: 'bank' }, 'tenant_type'],
    [{ name: 'Win a prize at https://example.com' }, 'name'],
  ])('names the field at fault in %o', (fault, path) => {
    const parsed = createTenantInput.safeParse({
      name: 'X',
      email: 'a@example.com',
      tenant_type: 'individual',
      ...fault,
    });
    expect(parsed.error?.issues[0]?.path).toEqual([path]);
  });
});
