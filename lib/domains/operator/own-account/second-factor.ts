import { queueMail } from '@/lib/domains/identity';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { consoleUrl } from '../console-url';
import { endOperatorSessions } from '../open-session';
import { withOperator } from '../platform-audit';
import { platformWantsSecondFactor } from '../principal';
import { takeAnyCode } from '../prove-second-factor';
import { forgetAuthenticator, replaceRecoveryCodes } from '../recovery-codes';
import { notingWrongCode } from '../refused-sign-in';
import { takeCodeTry } from '../throttle';

/**
 * Turns the operator's own second factor off, by a code that shows that it is them, and ends their other sessions. Throws
 * `wrong_code`, 409 `second_factor_needed` where it is asked for, 429 `rate_limited`.
 */
export async function turnOffSecondFactor(ctx: OperatorCtx, given: string): Promise<void> {
  const { operatorId, sessionId } = ctx.actor;
  const taken = await takeCodeTry(ctx, operatorId);
  const now = ctx.clock.now();
  const work = withOperator(ctx, async (tx) => {
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
    if (row.secondFactorRequired || platformWantsSecondFactor()) {
      throw conflict(
        'second_factor_needed',
        'A second factor is asked of you, so it can’t be turned off. An administrator can have a lost app forgotten.',
      );
    }
    await takeAnyCode(tx, { operatorId, given, now });
    await forgetAuthenticator(tx, operatorId, now);
    await endOperatorSessions(tx, ctx, { operatorId, id: { not: sessionId } });
    await queueMail(tx, null, {
      template: 'operator_notice',
      to: row.email,
      link: consoleUrl('/security'),
      news: 'second_factor_off',
    });
    return {
      result: null,
      entry: { action: 'second_factor.turned_off', object: { type: 'operator', id: operatorId } },
    };
  });
  await notingWrongCode(ctx, work);
  await taken.succeeded();
}

/**
 * Makes new recovery codes in place of those before, by a code that shows that it is the operator; returned this once.
 * Throws `wrong_code`, 409 `no_second_factor`, 429 `rate_limited`.
 */
export async function renewRecoveryCodes(ctx: OperatorCtx, given: string): Promise<string[]> {
  const { operatorId } = ctx.actor;
  const taken = await takeCodeTry(ctx, operatorId);
  const now = ctx.clock.now();
  const work = withOperator(ctx, async (tx) => {
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
    if (!row.totpConfirmedAt) {
      throw conflict('no_second_factor', 'No authenticator app is set up. Set one up first.');
    }
    await takeAnyCode(tx, { operatorId, given, now });
    return {
      result: await replaceRecoveryCodes(tx, operatorId, now),
      entry: { action: 'recovery_codes.renewed', object: { type: 'operator', id: operatorId } },
    };
  });
  const codes = await notingWrongCode(ctx, work);
  await taken.succeeded();
  return codes;
}
