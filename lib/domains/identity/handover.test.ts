import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createHandover,
  findSession,
  listSessions,
  logIn,
  redeemHandover,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
  signOutEverywhere,
} from '.';
import { nonceHash, startNonce } from './handover-nonce';
import { newOpaqueToken } from './tokens';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const DAY = 86_400_000;
const refused = { kind: 'unauthenticated' };
const later = (ms: number) => new Date(world.clock.now().getTime() + ms);

/** A person at the root host, and a browser that asked at their tenant's. */
async function asking() {
  const owner = await world.owner();
  const { slug } = owner.tenant;
  const nonce = newOpaqueToken();
  const wish = { slug, browserHash: nonceHash(nonce) ?? '' };
  return { ...owner, wish, nonce, arrival: { host: `${slug}.localhost:8080`, nonce } };
}

describe('hand-over between hosts', () => {
  it('gives a session of the tenant’s host, once, and no longer than the first', async () => {
    const { principal, tenant, tenantId, wish, arrival } = await asking();
    const { code, url } = await createHandover(world.info(), principal, {
      ...wish,
      next: '/a?b=1',
    });
    expect(url).toBe(`${tenant.dashboard_url}/handover?code=${code}&next=%2Fa%3Fb%3D1`);
    world.clock.advance(59_000);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => redeemHandover(world.info(), code, arrival)),
    );
    const good = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(good).toHaveLength(1);
    const session = good[0]?.session;
    const found = await findSession(session?.token ?? '', 'cookie', world.clock.now());
    expect(found).toMatchObject({ tenantId, userId: principal.userId });
    expect(session?.expires.getTime()).toBeLessThan(later(60 * DAY).getTime());
    expect(await world.audit(tenantId)).toContain('session.started');
  });

  it('is refused in another browser, and stays good for the one that asked', async () => {
    const { principal, wish, arrival } = await asking();
    const { code } = await createHandover(world.info(), principal, wish);
    for (const nonce of [null, '', 'x', newOpaqueToken(), wish.browserHash]) {
      const thief = redeemHandover(world.info(), code, { ...arrival, nonce });
      await expect(thief).rejects.toMatchObject(refused);
    }
    await expect(redeemHandover(world.info(), code, arrival)).resolves.toBeDefined();
  });

  it('fails on another host and after a minute', async () => {
    const { principal, wish, arrival } = await asking();
    const { tenant: other } = await world.owner();
    const { code } = await createHandover(world.info(), principal, wish);
    for (const host of [`${other.slug}.localhost`, 'localhost', `x.${arrival.host}`, '']) {
      const elsewhere = redeemHandover(world.info(), code, { ...arrival, host });
      await expect(elsewhere).rejects.toMatchObject(refused);
    }
    world.clock.advance(60_001);
    await expect(redeemHandover(world.info(), code, arrival)).rejects.toMatchObject(refused);
  });

  it('is given to members of the tenant alone, signed in at the root host, to a named browser', async () => {
    const { principal, wish, email } = await asking();
    const stranger = await world.owner();
    const { session } = await signIn(world.info(), {
      email,
      password: PASSWORD,
      tenant: wish.slug,
    });
    const bound = await findSession(session.token, 'cookie', world.clock.now());
    if (!bound) throw new Error('the session is good');
    const tries = [
      [stranger.principal, wish],
      [principal, { ...wish, slug: 'nobody' }],
      [principal, { ...wish, slug: stranger.tenant.slug }],
      [principal, { ...wish, browserHash: '' }],
      [principal, { ...wish, browserHash: 'A'.repeat(64) }],
      // A session of one tenant's host opens no other host.
      [bound, wish],
    ] as const;
    for (const [person, asked] of tries) {
      await expect(createHandover(world.info(), person, asked)).rejects.toMatchObject({
        kind: 'not_found',
      });
    }
  });
});

describe('a sign-in', () => {
  const principalOf = async (token: string) => {
    const found = await findSession(token, 'cookie', world.clock.now());
    if (!found) throw new Error('the session is good');
    return found;
  };
  const alive = async (...tokens: string[]) => {
    const found = await Promise.all(
      tokens.map((token) => findSession(token, 'cookie', world.clock.now())),
    );
    return found.map((one) => one !== null);
  };

  /** A browser signed in at the root host and at the tenant's, and another browser of the person. */
  async function twoBrowsers() {
    const owner = await asking();
    const { code } = await createHandover(world.info(), owner.principal, owner.wish);
    const { session: handed } = await redeemHandover(world.info(), code, owner.arrival);
    const other = await signIn(world.info(), { email: owner.email, password: PASSWORD });
    const tokens = [owner.session.token, handed.token, other.session.token] as const;
    return { ...owner, tokens, atTenant: await principalOf(handed.token) };
  }

  it('ends as a whole, whichever host signs out, and no other one with it', async () => {
    const { tokens, atTenant } = await twoBrowsers();
    await signOut(world.info(), atTenant);
    expect(await alive(...tokens)).toEqual([false, false, true]);
    const second = await twoBrowsers();
    await signOut(world.info(), second.principal);
    expect(await alive(...second.tokens)).toEqual([false, false, true]);
  });

  it('gives no more hand-overs once it has ended, not even with a code that is under way', async () => {
    const { principal, wish, arrival, atTenant } = await twoBrowsers();
    const { code } = await createHandover(world.info(), principal, wish);
    await signOut(world.info(), atTenant);
    await expect(createHandover(world.info(), principal, wish)).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(redeemHandover(world.info(), code, arrival)).rejects.toMatchObject(refused);
  });

  it('is one entry of the list, and is ended or kept by it as one', async () => {
    const { tokens, principal, atTenant } = await twoBrowsers();
    const listed = await listSessions(world.info(), atTenant);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed).toHaveLength(2);
    expect(await listSessions(world.info(), principal)).toEqual(listed);
    expect(await revokeOtherSessions(world.info(), atTenant)).toBe(1);
    expect(await alive(...tokens)).toEqual([true, true, false]);
    const own = listed.find(({ current }) => current);
    await revokeSession(world.info(), atTenant, own?.id ?? '');
    expect(await alive(...tokens)).toEqual([false, false, false]);
    await expect(revokeSession(world.info(), atTenant, own?.id ?? '')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('ends everywhere when the person says so, programs included', async () => {
    const { tokens, atTenant, email } = await twoBrowsers();
    const program = await logIn(world.info(), { username: email, password: PASSWORD });
    expect(await signOutEverywhere(world.info(), atTenant)).toBe(3);
    expect(await alive(...tokens)).toEqual([false, false, false]);
    expect(await findSession(program.access_token, 'token', world.clock.now())).toBeNull();
    expect(await signOutEverywhere(world.info(), atTenant)).toBe(0);
  });
});

describe('the nonce of a browser', () => {
  it('is kept while it is good, so that two tabs share it, and replaced when it is not ours', () => {
    const first = startNonce(null);
    const nonce = /nz_handover=([\w-]{43}); Path=\/; HttpOnly; SameSite=Lax/.exec(first.setCookie);
    expect(startNonce(nonce?.[1] ?? '').browserHash).toBe(first.browserHash);
    const planted = startNonce('a; Domain=localhost');
    expect(planted.browserHash).not.toBe(first.browserHash);
    expect(planted.setCookie).not.toContain('Domain');
  });
});
