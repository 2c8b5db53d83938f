import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { makeOperator, OPERATOR_PASSWORD, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  changeOwnPassword,
  confirmSecondFactor,
  disableOperator,
  enableOperator,
  findOperator,
  joinAsOperator,
  resendInvitation,
  resetOperatorPassword,
  signInOperator,
  startSecondFactor,
  withdrawInvitation,
} from '..';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const reason = 'Forgot it, called from their own phone';
const password = 'chosen by nobody else 7';
let admin: OperatorCtx;
let email: string;
let token: string;
let ctx: OperatorCtx;
let id: string;

async function signedIn(role: 'admin' | 'finance') {
  const made = await makeOperator(world.admin, role, world.email());
  return { ...made, ...(await signedInOperator(world.info(), made.email)) };
}

beforeAll(() => world.open());
beforeEach(async () => {
  world.clock.advance(60_000);
  admin = (await signedIn('admin')).ctx;
  ({ email, token, ctx } = await signedIn('finance'));
  id = publicId('operator', ctx.actor.operatorId);
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const alive = async (of: string) => (await findOperator(of, world.clock.now())) !== null;
const reset = (by = admin) => resetOperatorPassword(by, { id, reason });
const link = () => world.token(email, 'operator_new_password');
const join = (of: string) => joinAsOperator(world.info(), { token: of, password });
const signIn = (secret: string) => signInOperator(world.info(), { email, password: secret });

describe('an operator who forgot their password', () => {
  it('chooses another by a mailed link; the one before and every session are good no more', async () => {
    expect(await reset()).toMatchObject({ status: 'invited', invitation: { state: 'open' } });
    expect(await alive(token)).toBe(false);
    await expect(signIn(OPERATOR_PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' });
    const given = await link();
    const { session, secondFactor } = await join(given);
    expect(secondFactor).toBe('off');
    expect([await alive(session.token), await alive(token)]).toEqual([true, false]);
    await expect(signIn(OPERATOR_PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(signIn(password)).resolves.toBeDefined();
    const { rows } = await world.admin.query(
      `SELECT action, reason, to_jsonb(e)::text AS kept FROM platform_audit_event e WHERE object_id = $1
       AND action LIKE 'operator.password\\_%' AND action <> 'operator.password_proved' ORDER BY id`,
      [ctx.actor.operatorId],
    );
    expect(rows).toMatchObject([
      { action: 'operator.password_reset', reason },
      { action: 'operator.password_chosen', reason: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain(given);
  });

  it('still proves the second factor that they have', async () => {
    const { secret } = await startSecondFactor(ctx);
    const epoch = Math.floor(world.clock.now().getTime() / 1000);
    await confirmSecondFactor(ctx, generateSync({ secret, epoch }));
    expect(await reset()).toMatchObject({ second_factor: true });
    const { session, secondFactor } = await join(await link());
    expect(secondFactor).toBe('wanted');
    expect(await findOperator(session.token, world.clock.now())).toMatchObject({
      secondFactor: 'wanted',
    });
  });

  it('gets the link again, and can be shut out and let in by it', async () => {
    await reset();
    const first = await link();
    await resendInvitation(admin, { id });
    await expect(join(first)).rejects.toMatchObject({ code: 'invitation_withdrawn' });
    await withdrawInvitation(admin, { id, reason });
    await expect(join(await link())).rejects.toMatchObject({ code: 'invitation_withdrawn' });
    await expect(enableOperator(admin, { id, reason })).rejects.toMatchObject({
      code: 'never_joined',
    });
    await resendInvitation(admin, { id });
    await expect(join(await link())).resolves.toBeDefined();
  });

  it('ends up with one password, of a change and a reset at the same time', async () => {
    await Promise.allSettled([
      changeOwnPassword(ctx, { current_password: OPERATOR_PASSWORD, password: `${password} too` }),
      reset(),
    ]);
    await expect(signIn(`${password} too`)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(join(await link())).resolves.toBeDefined();
  });

  it('leaves no session behind that began at the same time, also after they chose', async () => {
    const [, begun] = await Promise.allSettled([reset(), signIn(OPERATOR_PASSWORD)]);
    await join(await link());
    const opened = begun.status === 'fulfilled' ? begun.value.session.token : 'none';
    expect(await alive(opened)).toBe(false);
  });
});

it('is for administrators, never for oneself, and for who may sign in', async () => {
  await expect(reset(ctx)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(
    resetOperatorPassword(admin, { id: publicId('operator', admin.actor.operatorId), reason }),
  ).rejects.toMatchObject({ code: 'own_account' });
  await disableOperator(admin, { id, reason });
  await expect(reset()).rejects.toMatchObject({ code: 'not_active' });
  expect(await alive(token)).toBe(false);
  await enableOperator(admin, { id, reason });
  await expect(signIn(OPERATOR_PASSWORD)).resolves.toBeDefined();
  await expect(resetOperatorPassword(admin, { id: 'opr_nobody', reason })).rejects.toMatchObject({
    kind: 'not_found',
  });
});
