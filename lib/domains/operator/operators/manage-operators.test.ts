import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import { makeOperator, platformAudit, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addOperator,
  disableOperator,
  enableOperator,
  findOperator,
  listOperators,
  operatorAddBody,
  signInOperator,
} from '..';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const reason = 'Left the company';
const idOf = (ctx: OperatorCtx) => publicId('operator', ctx.actor.operatorId);
let admin: OperatorCtx;

async function signedIn(role: OperatorRole) {
  const { email } = await makeOperator(world.admin, role, world.email());
  return { email, ...(await signedInOperator(world.info(), email)) };
}

beforeAll(() => world.open());
beforeEach(async () => {
  admin = (await signedIn('admin')).ctx;
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const newcomer = () => ({ email: world.email(), name: 'Second', role: 'finance' as const });

describe('operators', () => {
  it('are added with a password that signs them in, listed, and written down', async () => {
    const body = newcomer();
    const added = await addOperator(admin, body);
    expect(added).toMatchObject({ ...body, status: 'active', second_factor: false });
    const { email } = body;
    const { session } = await signInOperator(world.info(), {
      email,
      password: added.initial_password,
    });
    expect(await findOperator(session.token, world.clock.now())).toMatchObject({ role: 'finance' });
    const { data } = await listOperators(admin, { limit: 100 });
    expect(data.map((one) => one.email)).toContain(email);
    expect(JSON.stringify(data)).not.toContain(added.initial_password);
    expect(await platformAudit(world.admin)).toContain('operator.added');
    await expect(addOperator(admin, newcomer())).resolves.toBeDefined();
    await expect(addOperator(admin, body)).rejects.toMatchObject({ code: 'email_taken' });
  });

  it('are out at once when disabled, and need to sign in anew when enabled', async () => {
    const { email, token, ctx } = await signedIn('finance');
    await disableOperator(admin, { id: idOf(ctx), reason });
    expect(await findOperator(token, world.clock.now())).toBeNull();
    await expect(signedInOperator(world.info(), email)).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(disableOperator(admin, { id: idOf(ctx), reason })).rejects.toMatchObject({
      code: 'already_disabled',
    });
    await enableOperator(admin, { id: idOf(ctx), reason });
    expect(await findOperator(token, world.clock.now())).toBeNull();
    await expect(signedInOperator(world.info(), email)).resolves.toBeDefined();
    expect((await platformAudit(world.admin)).filter((act) => act.endsWith('abled'))).toEqual([
      'operator.disabled',
      'operator.enabled',
    ]);
  });

  it('never disable themselves, nor are they anybody’s but admins’', async () => {
    await expect(disableOperator(admin, { id: idOf(admin), reason })).rejects.toMatchObject({
      code: 'own_account',
    });
    await expect(disableOperator(admin, { id: 'opr_nobody', reason })).rejects.toMatchObject({
      kind: 'not_found',
    });
    for (const role of ['support', 'finance'] as const) {
      const { ctx } = await signedIn(role);
      const refused = { kind: 'forbidden' };
      await expect(listOperators(ctx, { limit: 1 })).rejects.toMatchObject(refused);
      await expect(addOperator(ctx, newcomer())).rejects.toMatchObject(refused);
      await expect(disableOperator(ctx, { id: idOf(admin), reason })).rejects.toMatchObject(
        refused,
      );
    }
  });

  it('leave one admin, of two who disable each other at the same time', async () => {
    const other = (await signedIn('admin')).ctx;
    const both = await Promise.allSettled([
      disableOperator(admin, { id: idOf(other), reason }),
      disableOperator(other, { id: idOf(admin), reason }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'forbidden' },
    });
  });

  it('have an address', () => {
    expect(operatorAddBody.safeParse({ ...newcomer(), email: 'nobody' }).success).toBe(false);
    expect(operatorAddBody.safeParse({ ...newcomer(), role: 'owner' }).success).toBe(false);
  });
});
