import type { OperatorCtx } from '@/lib/kernel/ctx';
import { endOperatorSessions } from './open-session';
import { withOperator } from './platform-audit';

/** Ends the session that asks. */
export async function signOutOperator(ctx: OperatorCtx): Promise<void> {
  const { operatorId, sessionId } = ctx.actor;
  await withOperator(ctx, async (tx) => {
    await endOperatorSessions(tx, ctx, { operatorId, id: sessionId });
    return {
      result: null,
      entry: { action: 'operator.signed_out', object: { type: 'operator', id: operatorId } },
    };
  });
}
