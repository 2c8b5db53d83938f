import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import {
  makeOperator,
  OPERATOR_PASSWORD,
  platformAudit,
  signedInOperator,
} from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  changeOwnPassword,
  confirmSecondFactor,
  endOtherSessions,
  endOwnSession,
  findOperator,
  getSecondFactor,
  listOwnSessions,
  proveSecondFactor,
  renewRecoveryCodes,
  signInOperator,
  startSecondFactor,
  turnOffSecondFactor,
} from '..';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const password = 'another long secret of mine 5';
let email: string;
let token: string;
let ctx: OperatorCtx;

beforeAll(() => world.open());
beforeEach(async () => {
  world.clock.advance(60_000);
  email = world.email();
  await makeOperator(world.admin, 'support', email);
  ({ token, ctx } = await signedInOperator(world.info(), email));
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const alive = async (of: string) => (await findOperator(of, world.clock.now())) !== null;
const change = (current_password = OPERATOR_PASSWORD, next = password) =>
  changeOwnPassword(ctx, { current_password, password: next });
const signIn = (secret: string) => signInOperator(world.info(), { email, password: secret });
const lastMail = async () => (await world.mailsTo(email)).at(-1);

describe('one’s own password', () => {
  it('is changed by who knows it; other sessions end, this one goes on', async () => {
    const other = await signedInOperator(world.info(), email);
    await change();
    expect([await alive(token), await alive(other.token)]).toEqual([true, false]);
    await expect(signIn(OPERATOR_PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(signIn(password)).resolves.toBeDefined();
    expect(await lastMail()).toMatchObject({ news: 'password_changed' });
    expect(await platformAudit(world.admin)).toContain('operator.password_changed');
  });

  it('isn’t by who doesn’t, nor to a weak one, and guesses run out', async () => {
    await expect(change(OPERATOR_PASSWORD, 'short')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(change(OPERATOR_PASSWORD, email)).rejects.toMatchObject({ kind: 'invalid' });
    for (let guess = 0; guess < 10; guess += 1) {
      await expect(change('a wrong guess of it')).rejects.toMatchObject({
        errors: [{ code: 'wrong_password' }],
      });
    }
    await expect(change()).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(signIn(OPERATOR_PASSWORD)).resolves.toBeDefined();
  });

  it('is changed once, of two changes at the same time', async () => {
    const both = await Promise.allSettled([change(), change(OPERATOR_PASSWORD, `${password} too`)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('leaves no session behind that began with the one before at the same time', async () => {
    const [, begun] = await Promise.allSettled([change(), signIn(OPERATOR_PASSWORD)]);
    const opened = begun.status === 'fulfilled' ? begun.value.session.token : 'none';
    expect(await alive(opened)).toBe(false);
  });
});

describe('one’s own second factor', () => {
  let secret: string;
  let codes: string[];
  const code = () =>
    generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) });

  beforeEach(async () => {
    ({ secret } = await startSecondFactor(ctx));
    const done = await confirmSecondFactor(ctx, code());
    codes = done.recoveryCodes;
    ({ token } = done.session);
    const found = await findOperator(token, world.clock.now());
    ctx = { ...ctx, actor: { ...ctx.actor, sessionId: found?.sessionId ?? '' } };
    world.clock.advance(60_000);
  });

  it('is turned off by a code, on this session alone', async () => {
    await signIn(OPERATOR_PASSWORD);
    await turnOffSecondFactor(ctx, code());
    expect(await findOperator(token, world.clock.now())).toMatchObject({ secondFactor: 'off' });
    expect(await getSecondFactor(ctx)).toEqual({
      confirmed_at: null,
      recovery_codes_left: 0,
      needed: false,
    });
    expect(await listOwnSessions(ctx)).toHaveLength(1);
    expect(await signIn(OPERATOR_PASSWORD)).toMatchObject({ secondFactor: 'off' });
    expect(await lastMail()).toMatchObject({ news: 'second_factor_off' });
  });

  it('stays on without one, and that somebody tried is written down', async () => {
    await expect(turnOffSecondFactor(ctx, '000000')).rejects.toMatchObject({
      errors: [{ code: 'wrong_code' }],
    });
    await expect(renewRecoveryCodes(ctx, '000000')).rejects.toMatchObject({
      errors: [{ code: 'wrong_code' }],
    });
    expect(await getSecondFactor(ctx)).toMatchObject({ recovery_codes_left: 10 });
    const { rows } = await world.admin.query(
      `SELECT count(*)::int AS refused FROM platform_audit_event WHERE action = 'operator.code_refused' AND operator_id = $1`,
      [ctx.actor.operatorId],
    );
    expect(rows).toEqual([{ refused: 1 }]);
  });

  it('gets new recovery codes, and those before are good no more', async () => {
    const renewed = await renewRecoveryCodes(ctx, codes[0] ?? '');
    expect(renewed).toHaveLength(10);
    const waiting = await signedInOperator(world.info(), email);
    await expect(proveSecondFactor(waiting.ctx, codes[1] ?? '')).rejects.toMatchObject({
      errors: [{ code: 'wrong_code' }],
    });
    await expect(proveSecondFactor(waiting.ctx, renewed[0] ?? '')).resolves.toBeDefined();
  });

  it('proves nothing for a session that has ended meanwhile', async () => {
    const waiting = await signedInOperator(world.info(), email);
    await change();
    await expect(proveSecondFactor(waiting.ctx, code())).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
  });
});

it('sets no app up for a session that has ended meanwhile', async () => {
  const { secret } = await startSecondFactor(ctx);
  const other = await signedInOperator(world.info(), email);
  await changeOwnPassword(other.ctx, { current_password: OPERATOR_PASSWORD, password });
  const epoch = Math.floor(world.clock.now().getTime() / 1000);
  await expect(confirmSecondFactor(ctx, generateSync({ secret, epoch }))).rejects.toMatchObject({
    kind: 'unauthenticated',
  });
  expect(await getSecondFactor(other.ctx)).toMatchObject({ confirmed_at: null });
});

it('has no recovery codes to renew without an app', async () => {
  await expect(renewRecoveryCodes(ctx, '123456')).rejects.toMatchObject({
    code: 'no_second_factor',
  });
});

describe('one’s own sessions', () => {
  it('are listed, this one first, and ended one by one or all others', async () => {
    const [second, third] = [
      await signedInOperator(world.info(), email),
      await signedInOperator(world.info(), email),
    ];
    const listed = await listOwnSessions(ctx);
    expect(listed.map(({ current }) => current)).toEqual([true, false, false]);
    const id = (await listOwnSessions(second.ctx))[0]?.id ?? '';
    await endOwnSession(ctx, id);
    expect([await alive(second.token), await alive(third.token)]).toEqual([false, true]);
    await expect(endOwnSession(ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await endOtherSessions(ctx)).toBe(1);
    expect([await alive(token), await alive(third.token)]).toEqual([true, false]);
  });

  it('are nobody else’s', async () => {
    const stranger = world.email();
    await makeOperator(world.admin, 'admin', stranger);
    const other = await signedInOperator(world.info(), stranger);
    const id = (await listOwnSessions(ctx))[0]?.id ?? '';
    await expect(endOwnSession(other.ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
    await endOtherSessions(other.ctx);
    expect(await alive(token)).toBe(true);
    await expect(endOwnSession(ctx, 'nonsense')).rejects.toMatchObject({ kind: 'not_found' });
  });
});
