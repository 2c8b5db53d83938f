import type { Tx } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import {
  endOperatorSessions,
  lockOperator,
  type NewOperatorSession,
  openOperatorSession,
  sessionEnded,
} from './open-session';
import { withOperator } from './platform-audit';
import { takeRecoveryCode } from './recovery-codes';
import { notingWrongCode } from './refused-sign-in';
import { takeCodeTry } from './throttle';
import { openSecret, stepOfCode } from './totp';

export const wrongCode = () =>
  invalidField(
    'code',
    'wrong_code',
    'This code is wrong, too old, or was used before. Wait for the next one in the app.',
  );

/** Takes a code of the app: its time step is stored by a conditional update, so that it is good once. */
export async function takeTotp(
  tx: Tx,
  { operatorId, code, now }: { operatorId: string; code: string; now: Date },
): Promise<boolean> {
  const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
  if (!row.totpSecret) return false;
  const secret = openSecret(row.totpSecret, operatorId);
  const step = stepOfCode(code, { secret, afterStep: row.totpStep, now });
  if (step === null) return false;
  const { count } = await tx.platformOperator.updateMany({
    where: { id: operatorId, OR: [{ totpStep: null }, { totpStep: { lt: step } }] },
    data: { totpStep: step, updatedAt: now },
  });
  return count === 1;
}

/** Takes a code of the app, or a recovery code, and says which it was. Throws `wrong_code`. */
export async function takeAnyCode(
  tx: Tx,
  { operatorId, given, now }: { operatorId: string; given: string; now: Date },
): Promise<'authenticator' | 'recovery_code'> {
  await lockOperator(tx, operatorId);
  const code = given.replaceAll(/\s/g, '');
  if (await takeTotp(tx, { operatorId, code, now })) return 'authenticator';
  if (await takeRecoveryCode(tx, { operatorId, code, now })) return 'recovery_code';
  throw wrongCode();
}

/**
 * Ends the wait of a session: by a code of the authenticator app, or by a recovery code. The session that waited
 * ends, and another one with a new token begins. Throws `wrong_code`, 429 `rate_limited`.
 */
export async function proveSecondFactor(
  ctx: OperatorCtx,
  given: string,
): Promise<NewOperatorSession> {
  const { operatorId, sessionId } = ctx.actor;
  const taken = await takeCodeTry(ctx, operatorId);
  const now = ctx.clock.now();
  const work = withOperator(ctx, async (tx) => {
    const by = await takeAnyCode(tx, { operatorId, given, now });
    const waited = await endOperatorSessions(tx, ctx, { operatorId, id: sessionId });
    if (waited === 0) throw sessionEnded();
    const id = newId(now.getTime());
    const opened = await openOperatorSession(tx, ctx, {
      id,
      operatorId,
      mfaAt: now,
      waiting: false,
    });
    return {
      result: opened,
      entry: {
        action: 'operator.signed_in',
        object: { type: 'operator', id: operatorId },
        after: { by },
      },
    };
  });
  const session = await notingWrongCode(ctx, work);
  await taken.succeeded();
  return session;
}
