import { checkPassword, hashPassword, passwordFault, queueMail } from '@/lib/domains/identity';
import { withSystem } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { invalid, invalidField } from '@/lib/kernel/errors';
import { consoleUrl } from '../console-url';
import { endOperatorSessions } from '../open-session';
import { withOperator } from '../platform-audit';
import { takePasswordTry } from '../throttle';
import type { OwnPasswordInput } from './schemas';

const wrongPassword = () =>
  invalidField('current_password', 'wrong_password', 'This is not your current password.');

/**
 * Changes the operator's own password, ends their other sessions and tells them by mail. Throws `wrong_password`, the
 * new password's own fault, 429 `rate_limited`.
 */
export async function changeOwnPassword(
  ctx: OperatorCtx,
  { current_password: current, password }: OwnPasswordInput,
): Promise<void> {
  const { operatorId, sessionId } = ctx.actor;
  const taken = await takePasswordTry(ctx, operatorId);
  const row = await withSystem(`operator ${operatorId}`, (tx) =>
    tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } }),
  );
  if (!(await checkPassword(current, row.passwordHash))) throw wrongPassword();
  await taken.succeeded();
  const fault = passwordFault(password, row);
  if (fault) throw invalid([fault]);
  const passwordHash = await hashPassword(password);
  const now = ctx.clock.now();
  await withOperator(ctx, async (tx) => {
    // What was proved must still be the password: of two changes at once one is made.
    const { count } = await tx.platformOperator.updateMany({
      where: { id: operatorId, passwordHash: row.passwordHash },
      data: { passwordHash, updatedAt: now },
    });
    if (count === 0) throw wrongPassword();
    const ended = await endOperatorSessions(tx, ctx, { operatorId, id: { not: sessionId } });
    await queueMail(tx, null, {
      template: 'operator_notice',
      to: row.email,
      link: consoleUrl('/security'),
      news: 'password_changed',
    });
    return {
      result: null,
      entry: {
        action: 'operator.password_changed',
        object: { type: 'operator', id: operatorId },
        after: { sessions_ended: ended },
      },
    };
  });
}
