import type { OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { endAllOperatorSessions } from '../open-session';
import { toOperator } from './hold-operators';
import { linksTo, sendInvitation, takeInvite } from './invite-operator';
import type { AdminOperator, OperatorReasonInput } from './schemas';

/**
 * Has an operator who forgot their password choose it anew, by a mailed link as an invitation's: the one before is good no
 * more, their sessions end, the second factor stays. Whoever sends it sees no secret. Throws `forbidden`, `not_found`, 409
 * `own_account`, `not_active`, 429 `rate_limited`.
 */
export async function resetOperatorPassword(
  ctx: OperatorCtx,
  { id, reason }: OperatorReasonInput,
): Promise<AdminOperator> {
  await takeInvite(ctx, [linksTo(id)]);
  return toOperator(ctx, id, async (tx, before) => {
    if (before.status !== 'active') {
      throw conflict(
        'not_active',
        before.passwordHash === null
          ? 'This operator has no password. Send them a link to choose one.'
          : 'This operator is shut out. Enable them first.',
      );
    }
    await tx.platformOperator.update({
      where: { id: before.id },
      data: { status: 'invited', passwordHash: null, updatedAt: ctx.clock.now() },
    });
    await endAllOperatorSessions(tx, ctx, before.id);
    await sendInvitation(tx, ctx, before);
    return {
      action: 'operator.password_reset',
      reason,
      before: { status: before.status },
      after: { status: 'invited' },
    };
  });
}
