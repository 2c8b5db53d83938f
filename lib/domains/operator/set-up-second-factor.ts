import { toString as qrCode } from 'qrcode';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import {
  endOperatorSessions,
  lockOperator,
  type NewOperatorSession,
  openOperatorSession,
  sessionEnded,
} from './open-session';
import { withOperator } from './platform-audit';
import { platformWantsSecondFactor } from './principal';
import { takeTotp, wrongCode } from './prove-second-factor';
import { countRecoveryCodes, replaceRecoveryCodes } from './recovery-codes';
import type { SecondFactorState, SecondFactorSetup } from './schemas';
import { takeCodeTry } from './throttle';
import { newTotpSecret, sealSecret, totpUri } from './totp';

const alreadySetUp = () =>
  conflict(
    'second_factor_set_up',
    'An authenticator app is set up already. Sign in with a recovery code if it is lost.',
  );

/** Whether an app is set up, and how many recovery codes are left. */
export async function getSecondFactor(ctx: OperatorCtx): Promise<SecondFactorState> {
  const { operatorId } = ctx.actor;
  return withOperator(ctx, async (tx) => {
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
    return {
      result: {
        confirmed_at: row.totpConfirmedAt?.toISOString() ?? null,
        recovery_codes_left: await countRecoveryCodes(tx, operatorId),
        needed: row.secondFactorRequired || platformWantsSecondFactor(),
      },
      entry: { action: 'operator.viewed', object: { type: 'operator', id: operatorId } },
    };
  });
}

/**
 * Makes a new secret and shows it, as text and as a QR code (an SVG document). Nothing is asked for at sign-in
 * before a code of it was given. Throws `second_factor_set_up`.
 */
export async function startSecondFactor(ctx: OperatorCtx): Promise<SecondFactorSetup> {
  const { operatorId } = ctx.actor;
  const secret = newTotpSecret();
  const email = await withOperator(ctx, async (tx) => {
    const now = ctx.clock.now();
    const { count } = await tx.platformOperator.updateMany({
      where: { id: operatorId, totpConfirmedAt: null },
      data: { totpSecret: sealSecret(secret, operatorId), totpStep: null, updatedAt: now },
    });
    if (count === 0) throw alreadySetUp();
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
    return {
      result: row.email,
      entry: { action: 'second_factor.started', object: { type: 'operator', id: operatorId } },
    };
  });
  const svg = await qrCode(totpUri(email, secret), { type: 'svg', margin: 4 });
  return { secret, qr_svg: svg };
}

/**
 * Turns the second factor on, by a code that shows that the app has the secret. Every other session of the
 * operator ends; this one goes on under a new token. Returns the recovery codes, this once.
 * Throws `wrong_code`, `second_factor_set_up`, 429 `rate_limited`.
 */
export async function confirmSecondFactor(
  ctx: OperatorCtx,
  given: string,
): Promise<{ recoveryCodes: string[]; session: NewOperatorSession }> {
  const { operatorId } = ctx.actor;
  const taken = await takeCodeTry(ctx, operatorId);
  const code = given.replaceAll(/\s/g, '');
  const now = ctx.clock.now();
  const done = await withOperator(ctx, async (tx) => {
    await lockOperator(tx, operatorId);
    if (!(await takeTotp(tx, { operatorId, code, now }))) throw wrongCode();
    // One that a change of the password or an administrator ended meanwhile must not go on as another.
    const mine = { operatorId, id: ctx.actor.sessionId };
    if ((await endOperatorSessions(tx, ctx, mine)) === 0) throw sessionEnded();
    const { count } = await tx.platformOperator.updateMany({
      where: { id: operatorId, totpConfirmedAt: null },
      data: { totpConfirmedAt: now, updatedAt: now },
    });
    if (count === 0) throw alreadySetUp();
    const recoveryCodes = await replaceRecoveryCodes(tx, operatorId, now);
    const id = newId(now.getTime());
    const session = await openOperatorSession(tx, ctx, {
      id,
      operatorId,
      mfaAt: now,
      waiting: false,
    });
    await endOperatorSessions(tx, ctx, { operatorId, id: { not: id } });
    return {
      result: { recoveryCodes, session },
      entry: { action: 'second_factor.confirmed', object: { type: 'operator', id: operatorId } },
    };
  });
  await taken.succeeded();
  return done;
}
