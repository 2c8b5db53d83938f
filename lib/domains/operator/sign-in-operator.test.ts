import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { findSession, signIn } from '@/lib/domains/identity';
import {
  makeOperator,
  OPERATOR_PASSWORD,
  platformAudit,
  signedInOperator,
} from '@/lib/testing/operator-world';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { findOperator, signInOperator, signOutOperator } from './index';
import { operatorLifetimes } from './limits';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
let email: string;
let id: string;

beforeAll(() => world.open());
beforeEach(async () => {
  // Ids sort by time: what a test did comes after what the one before it did.
  world.clock.advance(1_000);
  email = world.email();
  ({ id } = await makeOperator(world.admin, 'admin', email));
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const now = () => world.clock.now();
const later = (ms: number) => world.clock.advance(ms);

describe('an operator', () => {
  it('signs in with the right password, and that is written down with its place', async () => {
    const info = world.info('10.77.0.1');
    const { session, secondFactor } = await signInOperator(info, {
      email,
      password: OPERATOR_PASSWORD,
    });
    expect(secondFactor).toBe('off');
    expect(await findOperator(session.token, now())).toMatchObject({
      operatorId: id,
      email,
      role: 'admin',
      secondFactor: 'off',
    });
    const { rows } = await world.admin.query(
      'SELECT action, role, ip, request_id FROM platform_audit_event WHERE operator_id = $1',
      [id],
    );
    expect(rows).toEqual([
      {
        action: 'operator.password_proved',
        role: 'admin',
        ip: '10.77.0.1',
        request_id: info.requestId,
      },
    ]);
  });

  it('is told the same for a wrong password as nobody is', async () => {
    const wrong = signInOperator(world.info(), { email, password: 'a wrong guess' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_credentials' });
    const nobody = signInOperator(world.info(), { email: world.email(), password: PASSWORD });
    await expect(nobody).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('is nobody once disabled, the open session too', async () => {
    const { token } = await signedInOperator(world.info(), email);
    await world.admin.query(`UPDATE platform_operator SET status = 'disabled' WHERE id = $1`, [id]);
    expect(await findOperator(token, now())).toBeNull();
    const again = signInOperator(world.info(), { email, password: OPERATOR_PASSWORD });
    await expect(again).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('has ten tries from strange addresses; a known address keeps its own', async () => {
    const home = world.info('10.78.0.1');
    await signInOperator(home, { email, password: OPERATOR_PASSWORD });
    for (let guess = 0; guess < 10; guess++) {
      const tried = signInOperator(world.info(), { email, password: `guess ${guess}` });
      await expect(tried).rejects.toMatchObject({ code: 'invalid_credentials' });
    }
    const right = signInOperator(world.info(), { email, password: OPERATOR_PASSWORD });
    await expect(right).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(
      signInOperator(home, { email, password: OPERATOR_PASSWORD }),
    ).resolves.toBeDefined();
  });

  it('signs out', async () => {
    const { token, ctx } = await signedInOperator(world.info(), email);
    await signOutOperator(ctx);
    expect(await findOperator(token, now())).toBeNull();
    expect((await platformAudit(world.admin)).at(-1)).toBe('operator.signed_out');
  });
});

describe('a session at the admin host', () => {
  it('ends when it isn’t used, goes on while it is, and ends at last', async () => {
    const { token } = await signedInOperator(world.info(), email);
    const began = now().getTime();
    const { sessionIdle, sessionAbsolute } = operatorLifetimes;
    while (now().getTime() - began < sessionAbsolute - sessionIdle) {
      later(sessionIdle - 60_000);
      expect(await findOperator(token, now())).not.toBeNull();
    }
    later(began + sessionAbsolute - now().getTime());
    expect(await findOperator(token, now())).toBeNull();
    const other = await signedInOperator(world.info(), email);
    later(sessionIdle + 1);
    expect(await findOperator(other.token, now())).toBeNull();
  });

  it('is none of a tenant’s, nor the other way round', async () => {
    const { token } = await signedInOperator(world.info(), email);
    expect(await findSession(token, 'cookie', now())).toBeNull();
    expect(await findSession(token, 'token', now())).toBeNull();
    const owner = await world.owner();
    expect(await findOperator(owner.session.token, now())).toBeNull();
    // Nor are the accounts: an operator's address and password open no tenant, and an owner's no console.
    const asPerson = signIn(world.info(), { email, password: OPERATOR_PASSWORD });
    await expect(asPerson).rejects.toMatchObject({ code: 'invalid_credentials' });
    const asOperator = signInOperator(world.info(), { email: owner.email, password: PASSWORD });
    await expect(asOperator).rejects.toMatchObject({ code: 'invalid_credentials' });
  });
});
