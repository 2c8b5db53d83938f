import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { withOperator } from '../platform-audit';
import { presentOperator, withInvitation } from './present-operator';
import type { AdminOperatorPage, AdminOperatorQuery } from './schemas';

/** Everybody who is invited, or has or had an account at the console, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listOperators(
  ctx: OperatorCtx,
  { limit, cursor }: AdminOperatorQuery,
): Promise<AdminOperatorPage> {
  authoriseOperator(ctx, 'operators:write');
  const where = olderThan('operator', cursor);
  return withOperator(ctx, async (tx) => {
    const rows = await tx.platformOperator.findMany({
      where,
      include: withInvitation,
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const present = (row: (typeof rows)[number]) => presentOperator(row, ctx.clock.now());
    return {
      result: toPage(rows, limit, present, cursorById('operator')),
      entry: { action: 'operators.listed', object: { type: 'platform', id: 'all' } },
    };
  });
}
