import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { logIn, requestPasswordReset, resetPassword, signIn } from '.';
import { checkPassword, hashPassword, UNUSABLE_HASH } from './hash-password';
import { sendResetLink } from './request-password-reset';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const QUARTER = 15 * 60_000;
const NEXT = 'another good sentence 7';
const limited = { kind: 'rate_limited' };

/** As many wrong guesses as are let in and more, each from an address of its own unless one is named. */
async function guess(email: string, times: number, ip?: string): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await signIn(world.info(ip), { email, password: 'a wrong guess' }).catch(() => null);
  }
}

async function newestResetLink(email: string): Promise<string> {
  for (const queued of await world.resetRequests()) await sendResetLink(world.info(), queued);
  return world.token(email, 'reset_password');
}

describe('guesses by others', () => {
  it('never keep the owner out at an address they know, for however long they go on', async () => {
    const { email } = await world.owner();
    await signIn(world.info('192.0.2.7'), { email, password: PASSWORD });
    for (let round = 0; round < 4; round += 1) {
      await guess(email, 12);
      const home = signIn(world.info('192.0.2.7'), { email, password: PASSWORD });
      await expect(home).resolves.toBeDefined();
      world.clock.advance(QUARTER / 2);
    }
  });

  it('keep somebody on the way out for a quarter of an hour at most once they stop', async () => {
    const { email } = await world.owner();
    await guess(email, 30);
    const away = () => signIn(world.info(), { email, password: PASSWORD });
    await expect(away()).rejects.toMatchObject(limited);
    // Refused tries were not taken, so they don't push the end away.
    world.clock.advance(QUARTER - 1);
    await expect(away()).rejects.toMatchObject(limited);
    world.clock.advance(1);
    await expect(away()).resolves.toBeDefined();
  });

  it('can’t use up the way in by mail: the newest link works, whoever asked for it', async () => {
    const { email } = await world.owner();
    await guess(email, 12);
    for (let i = 0; i < 5; i += 1) await requestPasswordReset(world.info(), { email });
    await expect(requestPasswordReset(world.info(), { email })).rejects.toMatchObject(limited);
    const token = await newestResetLink(email);
    await resetPassword(world.info(), { token, password: NEXT });
    await expect(signIn(world.info(), { email, password: NEXT })).resolves.toBeDefined();
    world.clock.advance(3_600_000);
    await expect(requestPasswordReset(world.info(), { email })).resolves.toBeUndefined();
  });

  it('at the same address, over many accounts, stop that address alone', async () => {
    const { email } = await world.owner();
    const shared = '198.51.100.9';
    for (let i = 0; i < 100; i += 1) await guess(`nobody${i}@example.com`, 1, shared);
    await expect(signIn(world.info(shared), { email, password: PASSWORD })).rejects.toMatchObject(
      limited,
    );
    const program = logIn(world.info(shared), { username: email, password: PASSWORD });
    await expect(program).rejects.toMatchObject(limited);
    await expect(signIn(world.info(), { email, password: PASSWORD })).resolves.toBeDefined();
    // The mailed link gets in from there as well.
    await requestPasswordReset(world.info(shared), { email });
    const token = await newestResetLink(email);
    await expect(
      resetPassword(world.info(shared), { token, password: NEXT }),
    ).resolves.toBeDefined();
    world.clock.advance(QUARTER);
    await expect(signIn(world.info(shared), { email, password: NEXT })).resolves.toBeDefined();
  });
});

describe('somebody who doesn’t exist', () => {
  /** The statements of one wrong try, by name. */
  async function statements(email: string): Promise<unknown[]> {
    const query = vi.spyOn(pg.Pool.prototype, 'query');
    await signIn(world.info(), { email, password: 'a wrong guess' }).catch(() => null);
    const names = query.mock.calls.map(([first]) => (first as { name?: string }).name);
    query.mockRestore();
    return names;
  }

  it('costs the same statements as somebody who does, with or without a password', async () => {
    const { email } = await world.owner();
    const { email: without } = await world.member((await world.owner()).tenantId, 'viewer');
    const known = await statements(email);
    expect(known).toContain('identity.take_tries');
    expect(await statements('nobody@example.com')).toEqual(known);
    expect(await statements(without)).toEqual(known);
  });

  it('costs a hash of the same price, which nothing matches', async () => {
    const price = (phc: string) => phc.split('$').slice(1, 4);
    expect(price(UNUSABLE_HASH)).toEqual(price(await hashPassword(PASSWORD)));
    expect(await checkPassword(PASSWORD, null)).toBe(false);
    expect(await checkPassword('', UNUSABLE_HASH)).toBe(false);
  });
});
