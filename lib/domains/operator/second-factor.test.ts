import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import * as settings from '@/lib/infra/env';
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
  confirmSecondFactor,
  findOperator,
  getSecondFactor,
  proveSecondFactor,
  signInOperator,
  startSecondFactor,
} from './index';
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
  ({ id } = await makeOperator(world.admin, 'support', email));
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const now = () => world.clock.now();
const step = (steps = 1) => world.clock.advance(steps * 30_000);
const codeOf = (secret: string) =>
  generateSync({ secret, epoch: Math.floor(now().getTime() / 1000) });

/** Sets the app up; answers its secret and the recovery codes. The clock is one step on. */
async function enrolled(): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { ctx } = await signedInOperator(world.info(), email);
  const { secret } = await startSecondFactor(ctx);
  const { recoveryCodes } = await confirmSecondFactor(ctx, codeOf(secret));
  step();
  return { secret, recoveryCodes };
}

/** A session that waits for its code. */
const waiting = async (): Promise<{ token: string; ctx: OperatorCtx }> =>
  signedInOperator(world.info(), email);

describe('setting an authenticator app up', () => {
  it('asks for nothing before a code has shown that the app has the secret', async () => {
    const { ctx } = await signedInOperator(world.info(), email);
    const { secret, qr_svg } = await startSecondFactor(ctx);
    expect(qr_svg).toMatch(/^<svg[^>]*>.*<\/svg>\s*$/s);
    await expect(confirmSecondFactor(ctx, '000000')).rejects.toMatchObject({ code: 'wrong_code' });
    const before = await signInOperator(world.info(), { email, password: OPERATOR_PASSWORD });
    expect(before.secondFactor).toBe('off');
    const { recoveryCodes, session } = await confirmSecondFactor(ctx, codeOf(secret));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await findOperator(session.token, now())).toMatchObject({ secondFactor: 'proved' });
    expect(await findOperator(before.session.token, now())).toBeNull();
    step();
    const after = await signInOperator(world.info(), { email, password: OPERATOR_PASSWORD });
    expect(after.secondFactor).toBe('wanted');
  });

  it('keeps the secret sealed to its row, and recovery codes as hashes', async () => {
    const { secret, recoveryCodes } = await enrolled();
    const { rows } = await world.admin.query<{ totp_secret: Buffer }>(
      'SELECT totp_secret FROM platform_operator WHERE id = $1',
      [id],
    );
    expect(rows[0]?.totp_secret.includes(secret)).toBe(false);
    const codes = await world.admin.query<{ code_hash: string }>(
      'SELECT code_hash FROM operator_recovery_code WHERE operator_id = $1',
      [id],
    );
    const kept = codes.rows.map((row) => row.code_hash).join();
    expect(recoveryCodes.filter((code) => kept.includes(code))).toEqual([]);
    const other = await makeOperator(world.admin, 'admin', world.email());
    await world.admin.query(
      `UPDATE platform_operator SET totp_secret = $1, totp_confirmed_at = now() WHERE id = $2`,
      [rows[0]?.totp_secret, other.id],
    );
    const { ctx } = await signedInOperator(world.info(), other.email);
    await expect(proveSecondFactor(ctx, codeOf(secret))).rejects.toThrow('authenticate data');
  });

  it('isn’t done twice', async () => {
    await enrolled();
    const { ctx } = await waiting();
    await expect(startSecondFactor(ctx)).rejects.toMatchObject({ code: 'second_factor_set_up' });
  });

  it('is all that an operator without it can do in production', async () => {
    const local = settings.env();
    const spy = vi.spyOn(settings, 'env').mockReturnValue({ ...local, mode: 'production' });
    try {
      const { secondFactor } = await signInOperator(world.info(), {
        email,
        password: OPERATOR_PASSWORD,
      });
      expect(secondFactor).toBe('missing');
    } finally {
      spy.mockRestore();
    }
  });
});

describe('a session that waits for its code', () => {
  it('goes on under another token after the right one', async () => {
    const { secret } = await enrolled();
    const { token, ctx } = await waiting();
    expect(await findOperator(token, now())).toMatchObject({ secondFactor: 'wanted' });
    const session = await proveSecondFactor(ctx, codeOf(secret));
    expect(session.token).not.toBe(token);
    expect(await findOperator(session.token, now())).toMatchObject({ secondFactor: 'proved' });
    expect(await findOperator(token, now())).toBeNull();
    expect((await platformAudit(world.admin)).at(-1)).toBe('operator.signed_in');
  });

  it('takes each code once, of many at the same time too', async () => {
    const { secret } = await enrolled();
    const sessions = await Promise.all([waiting(), waiting(), waiting(), waiting()]);
    const code = codeOf(secret);
    const results = await Promise.allSettled(
      sessions.map(({ ctx }) => proveSecondFactor(ctx, code)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses the code with which the app was set up', async () => {
    const { ctx } = await signedInOperator(world.info(), email);
    const { secret } = await startSecondFactor(ctx);
    const code = codeOf(secret);
    await confirmSecondFactor(ctx, code);
    const second = await waiting();
    await expect(proveSecondFactor(second.ctx, code)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  it('takes a code a few seconds late, none of a minute ago, none of tomorrow', async () => {
    const { secret } = await enrolled();
    const { ctx } = await waiting();
    const code = codeOf(secret);
    step(2);
    await expect(proveSecondFactor(ctx, code)).rejects.toMatchObject({ code: 'wrong_code' });
    const early = generateSync({ secret, epoch: Math.floor(now().getTime() / 1000) + 30 });
    await expect(proveSecondFactor(ctx, early)).rejects.toMatchObject({ code: 'wrong_code' });
    const fresh = codeOf(secret);
    world.clock.advance(30_000 - (now().getTime() % 30_000) + 4_000);
    await expect(proveSecondFactor(ctx, fresh)).resolves.toBeDefined();
  });

  it('takes a recovery code once, however it is written', async () => {
    const { recoveryCodes } = await enrolled();
    const [code = ''] = recoveryCodes;
    const first = await waiting();
    const session = await proveSecondFactor(
      first.ctx,
      ` ${code.toUpperCase().replaceAll('-', ' ')}`,
    );
    expect(await findOperator(session.token, now())).toMatchObject({ secondFactor: 'proved' });
    expect(await getSecondFactor(first.ctx)).toMatchObject({ recovery_codes_left: 9 });
    const second = await waiting();
    await expect(proveSecondFactor(second.ctx, code)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  it('has five tries in a quarter of an hour', async () => {
    const { secret } = await enrolled();
    const { ctx } = await waiting();
    for (const guess of ['000001', '12345', 'abcdef', '1234567', '']) {
      await expect(proveSecondFactor(ctx, guess)).rejects.toMatchObject({ code: 'wrong_code' });
    }
    const right = proveSecondFactor(ctx, codeOf(secret));
    await expect(right).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('doesn’t wait for long', async () => {
    await enrolled();
    const { token } = await waiting();
    world.clock.advance(operatorLifetimes.secondFactor + 1);
    expect(await findOperator(token, now())).toBeNull();
  });
});
