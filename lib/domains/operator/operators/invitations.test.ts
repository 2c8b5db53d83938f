import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import { makeOperator, platformAudit, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addOperator,
  disableOperator,
  enableOperator,
  findOperator,
  getOperatorInvitation,
  joinAsOperator,
  listOperators,
  resendInvitation,
  signInOperator,
  withdrawInvitation,
} from '..';
import { operatorLifetimes } from '../limits';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const reason = 'Asked for by the board';
const password = 'chosen by nobody else 7';
let admin: OperatorCtx;

async function signedIn(role: OperatorRole) {
  const { email } = await makeOperator(world.admin, role, world.email());
  return (await signedInOperator(world.info(), email)).ctx;
}

beforeAll(() => world.open());
beforeEach(async () => {
  world.clock.advance(1_000);
  admin = await signedIn('admin');
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const newcomer = () => ({ email: world.email(), name: 'Second', role: 'finance' as const });
const tokenOf = (email: string) => world.token(email, 'operator_invitation');
const look = (token: string) => getOperatorInvitation(world.info(), token);
const join = (token: string, secret = password) =>
  joinAsOperator(world.info(), { token, password: secret });
const signIn = (email: string) => signInOperator(world.info(), { email, password });

async function invited() {
  const body = newcomer();
  const operator = await addOperator(admin, body);
  return { ...operator, token: await tokenOf(body.email) };
}

describe('an invitation', () => {
  it('has the invited one choose a password, which nobody else ever sees', async () => {
    const body = newcomer();
    const added = await addOperator(admin, body);
    expect(added).toMatchObject({
      ...body,
      status: 'invited',
      second_factor: false,
      last_signed_in_at: null,
      invitation: { state: 'open' },
    });
    const token = await tokenOf(body.email);
    expect(JSON.stringify(added)).not.toContain(token);
    const { rows } = await world.admin.query(
      `SELECT i::text || o::text AS kept FROM operator_invitation i JOIN platform_operator o ON o.id = i.operator_id
       WHERE o.email = $1`,
      [body.email],
    );
    expect(rows[0].kept).not.toContain(token);
    await expect(signIn(body.email)).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(await look(token)).toEqual(body);
    const { session, secondFactor } = await join(token);
    expect(secondFactor).toBe('off');
    expect(await findOperator(session.token, world.clock.now())).toMatchObject({
      email: body.email,
      role: 'finance',
    });
    await expect(signIn(body.email)).resolves.toBeDefined();
    const { data } = await listOperators(admin, { limit: 100 });
    expect(data.find((one) => one.email === body.email)).toMatchObject({
      status: 'active',
      invitation: null,
      last_signed_in_at: world.clock.now().toISOString(),
    });
    const acts = await platformAudit(world.admin);
    expect(acts).toEqual(expect.arrayContaining(['operator.invited', 'operator.joined']));
  });

  it('is good once, of two at the same time for one', async () => {
    const { token, email } = await invited();
    const both = await Promise.allSettled([join(token), join(token, 'chosen by somebody else 8')]);
    const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toMatchObject([{ code: 'invitation_used' }]);
    await expect(look(token)).rejects.toMatchObject({ code: 'invitation_used' });
    await expect(join(token)).rejects.toMatchObject({ code: 'invitation_used' });
    const { rows } = await world.admin.query(
      `SELECT count(*)::int AS joined FROM platform_audit_event e JOIN platform_operator o ON o.id = e.operator_id
       WHERE e.action = 'operator.joined' AND o.email = $1`,
      [email],
    );
    expect(rows).toEqual([{ joined: 1 }]);
  });

  it('runs out, and a new one takes its place', async () => {
    const { token, id, email } = await invited();
    world.clock.advance(operatorLifetimes.invitation);
    for (const attempt of [look, join]) {
      await expect(attempt(token)).rejects.toMatchObject({ code: 'invitation_expired' });
    }
    const again = await signedIn('admin');
    const { data } = await listOperators(again, { limit: 100 });
    expect(data.find((one) => one.id === id)).toMatchObject({ invitation: { state: 'expired' } });
    await resendInvitation(again, { id });
    await expect(look(token)).rejects.toMatchObject({ code: 'invitation_withdrawn' });
    await expect(join(await tokenOf(email))).resolves.toBeDefined();
  });

  it('is good no more when it is withdrawn, and can be sent anew', async () => {
    const { token, id, email } = await invited();
    expect(await withdrawInvitation(admin, { id, reason })).toMatchObject({
      status: 'disabled',
      invitation: { state: 'withdrawn' },
    });
    for (const attempt of [look, join]) {
      await expect(attempt(token)).rejects.toMatchObject({ code: 'invitation_withdrawn' });
    }
    await expect(withdrawInvitation(admin, { id, reason })).rejects.toMatchObject({
      code: 'not_invited',
    });
    await expect(enableOperator(admin, { id, reason })).rejects.toMatchObject({
      code: 'never_joined',
    });
    expect(await resendInvitation(admin, { id })).toMatchObject({ status: 'invited' });
    await join(await tokenOf(email));
    await expect(resendInvitation(admin, { id })).rejects.toMatchObject({ code: 'has_joined' });
  });

  it('is good no more for who was disabled', async () => {
    const { token, id } = await invited();
    await disableOperator(admin, { id, reason });
    await expect(join(token)).rejects.toMatchObject({ code: 'invitation_withdrawn' });
    // The same by the status alone, were an invitation left open.
    await world.admin.query(
      `UPDATE operator_invitation SET withdrawn_at = NULL WHERE token_hash = encode(sha256($1::bytea), 'hex')`,
      [token],
    );
    await expect(join(token)).rejects.toMatchObject({ code: 'invitation_withdrawn' });
  });

  it('meets a withdrawal at the same time: one of the two is done', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { token, id } = await invited();
      const [joined, withdrawn] = await Promise.allSettled([
        join(token),
        withdrawInvitation(admin, { id, reason }),
      ]);
      const { rows } = await world.admin.query(
        'SELECT status FROM platform_operator WHERE email = (SELECT email FROM platform_operator o JOIN operator_invitation i ON i.operator_id = o.id WHERE i.token_hash = encode(sha256($1::bytea), $2))',
        [token, 'hex'],
      );
      expect([joined.status, withdrawn.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect(rows).toEqual([{ status: joined.status === 'fulfilled' ? 'active' : 'disabled' }]);
    }
  });

  it('takes no link of somebody’s own making, and no weak password', async () => {
    const { token, email } = await invited();
    for (const made of ['', 'nonsense', 'x'.repeat(10_000)]) {
      await expect(look(made)).rejects.toMatchObject({ code: 'invitation_unknown' });
    }
    for (const weak of ['short', 'password1234', email]) {
      await expect(join(token, weak)).rejects.toMatchObject({ kind: 'invalid' });
    }
    await expect(join(token)).resolves.toBeDefined();
  });

  it('leads to the authenticator app first, where an administrator asks for it', async () => {
    const { token, email } = await invited();
    await world.admin.query(
      'UPDATE platform_operator SET second_factor_required = true WHERE email = $1',
      [email],
    );
    const { session, secondFactor } = await join(token);
    expect(secondFactor).toBe('missing');
    expect(await findOperator(session.token, world.clock.now())).toMatchObject({
      secondFactor: 'missing',
    });
  });
});

describe('inviting', () => {
  it('is for administrators alone', async () => {
    const { id } = await invited();
    for (const role of ['support', 'finance'] as const) {
      const ctx = await signedIn(role);
      const refused = { kind: 'forbidden' };
      await expect(addOperator(ctx, newcomer())).rejects.toMatchObject(refused);
      await expect(resendInvitation(ctx, { id })).rejects.toMatchObject(refused);
      await expect(withdrawInvitation(ctx, { id, reason })).rejects.toMatchObject(refused);
    }
  });

  it('takes an address once', async () => {
    const { email } = await invited();
    await expect(addOperator(admin, { ...newcomer(), email })).rejects.toMatchObject({
      errors: [{ code: 'email_taken' }],
    });
  });

  it('is bounded: few mails to one, and few by one', async () => {
    const { id } = await invited();
    for (let sent = 0; sent < 5; sent += 1) await resendInvitation(admin, { id });
    await expect(resendInvitation(admin, { id })).rejects.toMatchObject({ code: 'rate_limited' });
    for (let sent = 6; sent < 20; sent += 1) await addOperator(admin, newcomer());
    await expect(addOperator(admin, newcomer())).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('throttles who tries links', async () => {
    const here = world.info('10.99.0.1');
    const attempt = () => joinAsOperator(here, { token: 'guessed', password });
    for (let tries = 0; tries < 20; tries += 1) {
      await expect(attempt()).rejects.toMatchObject({ code: 'invitation_unknown' });
    }
    await expect(attempt()).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
