import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  changePassword,
  findSession,
  logIn,
  requestPasswordReset,
  resendVerification,
  resetPassword,
  signIn,
  verifyEmail,
} from '.';
import { passwordFault } from './password-rules';
import { sendResetLink } from './request-password-reset';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const NEXT = 'another good sentence 7';

/** Asks for a reset and runs the job behind it. */
async function resetToken(email: string): Promise<string> {
  await requestPasswordReset(world.info(), { email });
  const queued = (await world.resetRequests()).at(-1);
  if (!queued) throw new Error('asking queues a job');
  await sendResetLink(world.info(), queued);
  return world.token(email, 'reset_password');
}

describe('resetting a password', () => {
  it('works once, ends every session, confirms the address and signs in', async () => {
    const { email, session } = await world.owner();
    const program = await logIn(world.info(), { username: email, password: PASSWORD });
    const token = await resetToken(email);
    const answer = await resetPassword(world.info(), { token, password: NEXT });
    const now = world.clock.now();
    expect(await findSession(session.token, 'cookie', now)).toBeNull();
    expect(await findSession(program.access_token, 'token', now)).toBeNull();
    const signedIn = await findSession(answer.session.token, 'cookie', now);
    expect(signedIn).toMatchObject({ email, emailVerified: true });
    await expect(signIn(world.info(), { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(signIn(world.info(), { email, password: NEXT })).resolves.toBeDefined();
    await expect(resetPassword(world.info(), { token, password: NEXT })).rejects.toMatchObject({
      code: 'stale_link',
    });
    expect((await world.mailsTo(email)).at(-1)?.template).toBe('password_changed');
  });

  it('gets a person in whom strangers’ guesses keep out', async () => {
    const { email } = await world.owner();
    for (let i = 0; i < 10; i += 1) {
      await signIn(world.info(), { email, password: 'guess' }).catch(() => null);
    }
    await resetPassword(world.info(), { token: await resetToken(email), password: NEXT });
    await expect(signIn(world.info(), { email, password: NEXT })).resolves.toBeDefined();
  });

  it('keeps the link good when the new password is refused', async () => {
    const { email } = await world.owner();
    const token = await resetToken(email);
    await expect(
      resetPassword(world.info(), { token, password: 'password1234' }),
    ).rejects.toMatchObject({ errors: [{ path: 'password', code: 'password_common' }] });
    await expect(resetPassword(world.info(), { token, password: NEXT })).resolves.toBeDefined();
  });

  it('links are good for an hour, and only the newest', async () => {
    const { email } = await world.owner();
    const first = await resetToken(email);
    const second = await resetToken(email);
    await expect(
      resetPassword(world.info(), { token: first, password: NEXT }),
    ).rejects.toMatchObject({ code: 'stale_link' });
    world.clock.advance(3_600_001);
    await expect(
      resetPassword(world.info(), { token: second, password: NEXT }),
    ).rejects.toMatchObject({ code: 'stale_link' });
  });

  it('tells nobody whether an address is known, and isn’t sent without end', async () => {
    const email = 'unknown@example.com';
    const before = (await world.resetRequests()).length;
    for (let i = 0; i < 5; i += 1) await requestPasswordReset(world.info(), { email });
    await expect(requestPasswordReset(world.info(), { email })).rejects.toMatchObject({
      kind: 'rate_limited',
    });
    const queued = (await world.resetRequests()).slice(before);
    expect(queued).toHaveLength(5);
    expect(JSON.stringify(queued)).not.toContain(email);
    for (const one of queued) await sendResetLink(world.info(), one);
    expect(await world.mailsTo(email)).toEqual([]);
  });
});

describe('changing a password', () => {
  const change = (current_password: string, password: string, end_other_sessions = true) => ({
    current_password,
    password,
    end_other_sessions,
  });

  it('needs the current one, keeps this session and ends the others', async () => {
    const { email, principal, session } = await world.owner();
    const other = await signIn(world.info(), { email, password: PASSWORD });
    await expect(changePassword(world.info(), principal, change('no', NEXT))).rejects.toMatchObject(
      { errors: [{ path: 'current_password', code: 'wrong_password' }] },
    );
    await changePassword(world.info(), principal, change(PASSWORD, NEXT));
    const now = world.clock.now();
    expect(await findSession(other.session.token, 'cookie', now)).toBeNull();
    expect(await findSession(session.token, 'cookie', now)).not.toBeNull();
    await expect(signIn(world.info(), { email, password: NEXT })).resolves.toBeDefined();
    const told = (await world.mailsTo(email)).at(-1);
    expect(told).toMatchObject({ template: 'password_changed', othersEnded: true });
  });

  it('leaves the others when told to, and refuses a weak one without ending any', async () => {
    const { email, principal } = await world.owner();
    const other = await signIn(world.info(), { email, password: PASSWORD });
    await expect(
      changePassword(world.info(), principal, change(PASSWORD, 'password1234')),
    ).rejects.toMatchObject({ errors: [{ path: 'password', code: 'password_common' }] });
    await changePassword(world.info(), principal, change(PASSWORD, NEXT, false));
    const now = world.clock.now();
    expect(await findSession(other.session.token, 'cookie', now)).not.toBeNull();
    const told = (await world.mailsTo(email)).at(-1);
    expect(told).toMatchObject({ template: 'password_changed', othersEnded: false });
    await expect(signIn(world.info(), { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
  });

  it('opens no session for who proved the old one a moment before', async () => {
    const { email, principal, tenant } = await world.owner();
    const { userId } = principal;
    const secrets = { email, password: PASSWORD };
    const tries = [
      () => signIn(world.info(), secrets),
      () => signIn(world.info(), { ...secrets, tenant: tenant.slug }),
      () => logIn(world.info(), { username: email, password: PASSWORD }),
      () => changePassword(world.info(), principal, change(PASSWORD, NEXT)),
    ];
    await world.admin.query('BEGIN');
    await world.admin.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `sessions:${userId}`,
    ]);
    const late = Promise.allSettled(tries.map((go) => go()));
    const waiting = async () => {
      const { rows } = await world.admin.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows.length;
    };
    await vi.waitUntil(async () => (await waiting()) === tries.length, { timeout: 10_000 });
    await world.admin.query('UPDATE credential SET password_hash = $2 WHERE user_id = $1', [
      userId,
      'changed',
    ]);
    await world.admin.query('COMMIT');
    const codes = (await late).map((one) => one.status === 'rejected' && one.reason.code);
    const refused = 'invalid_credentials';
    expect(codes).toEqual([refused, refused, refused, expect.any(String)]);
    const { rows } = await world.admin.query('SELECT id FROM session WHERE user_id = $1', [userId]);
    expect(rows).toEqual([{ id: principal.sessionId }]);
  });

  it('ends what was opened just before it, and nothing gets in after it', async () => {
    const { email, principal } = await world.owner();
    const racers = Array.from({ length: 8 }, () =>
      signIn(world.info(), { email, password: PASSWORD }).catch(() => null),
    );
    await changePassword(world.info(), principal, change(PASSWORD, NEXT));
    const now = world.clock.now();
    const opened = (await Promise.all(racers)).filter((racer) => racer !== null);
    const found = opened.map(({ session }) => findSession(session.token, 'cookie', now));
    expect((await Promise.all(found)).filter((session) => session !== null)).toEqual([]);
  });

  it('lets nobody try passwords at an open screen without end', async () => {
    const { principal } = await world.owner();
    const here = world.info();
    for (let i = 0; i < 10; i += 1) {
      await changePassword(here, principal, change('guess', NEXT)).catch(() => null);
    }
    await expect(changePassword(here, principal, change(PASSWORD, NEXT))).rejects.toMatchObject({
      kind: 'rate_limited',
    });
  });
});

describe('confirming an address', () => {
  it('works by the newest link, once', async () => {
    const { email, principal } = await world.owner();
    const first = await world.token(email, 'verify_email');
    await resendVerification(world.info(), principal);
    const second = await world.token(email, 'verify_email');
    await expect(verifyEmail(world.info(), first)).rejects.toMatchObject({ code: 'stale_link' });
    expect(await verifyEmail(world.info(), second)).toEqual({ email });
    expect((await world.person(email))?.emailVerified).toBe(true);
    await expect(verifyEmail(world.info(), second)).rejects.toMatchObject({ code: 'stale_link' });
    await expect(resendVerification(world.info(), principal)).rejects.toMatchObject({
      code: 'already_verified',
    });
  });

  it('takes no code made for something else', async () => {
    const { email } = await world.owner();
    const reset = await resetToken(email);
    await expect(verifyEmail(world.info(), reset)).rejects.toMatchObject({ code: 'stale_link' });
  });
});

describe('passwordFault', () => {
  const about = { email: 'maria.lopez@example.com', name: 'Maria Lopez' };
  it.each([
    ['short', 'too_small'],
    ['x'.repeat(201), 'too_big'],
    ['marialopez', 'password_personal'],
    ['Maria.Lopez1', 'password_personal'],
    ['Password-123', 'password_common'],
    ['abababababab', 'password_common'],
    ['abcdefghijkl', 'password_common'],
    ['98765432109', 'password_common'],
  ])('refuses %s as %s', (password, code) => {
    expect(passwordFault(password, about)?.code).toBe(code);
  });

  it.each(['correct horse staple', 'tr4ding-at-n00n', 'пароль длинный', 'ten  chars'])(
    'accepts %s',
    (password) => {
      expect(passwordFault(password, about)).toBeNull();
    },
  );
});
