import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, forbidden, notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { type PlatformAuditEntry, withOperator } from '../platform-audit';
import { presentOperator, withInvitation } from './present-operator';
import type { AdminOperator } from './schemas';

export type OperatorRow = NonNullable<Awaited<ReturnType<Tx['platformOperator']['findUnique']>>>;

/**
 * Holds the rows of who acts and of whom it is about, always in the same order, and looks again whether who acts
 * still may: of two admins who disable each other the second is refused. As nobody changes themselves, whoever
 * changed somebody is an active admin still, so that there is always one.
 */
export async function holdOperators(
  tx: Tx,
  ctx: OperatorCtx,
  about: readonly string[],
): Promise<void> {
  const ids = [ctx.actor.operatorId, ...about].map((id) => Prisma.sql`${id}::uuid`);
  await tx.$queryRaw`
    SELECT id FROM platform_operator WHERE id IN (${Prisma.join(ids)}) ORDER BY id FOR UPDATE`;
  const actor = await tx.platformOperator.findUnique({ where: { id: ctx.actor.operatorId } });
  if (actor?.status === 'active' && actor.role === 'admin') return;
  throw forbidden('You are no administrator of the platform any more.');
}

/** The operator as they are now. */
export async function readOperator(tx: Tx, ctx: OperatorCtx, id: string): Promise<AdminOperator> {
  const row = await tx.platformOperator.findUniqueOrThrow({
    where: { id },
    include: withInvitation,
  });
  return presentOperator(row, ctx.clock.now());
}

/** What an administrator does to somebody else's row, and how the log calls it. */
type Doing = (
  tx: Tx,
  before: OperatorRow,
) => Promise<Omit<PlatformAuditEntry, 'object' | 'aboutTenantId' | 'inside'>>;

/**
 * Does something to another operator: both rows are held while it is done. Throws `forbidden`, `not_found`, 409
 * `own_account`, and what `doing` throws.
 */
export async function toOperator(
  ctx: OperatorCtx,
  id: string,
  doing: Doing,
): Promise<AdminOperator> {
  authoriseOperator(ctx, 'operators:write');
  const operatorId = parsePublicId('operator', id);
  if (!operatorId) throw notFound('operator');
  if (operatorId === ctx.actor.operatorId) {
    throw conflict('own_account', 'This is your own account. Another administrator can do that.');
  }
  return withOperator(ctx, async (tx) => {
    await holdOperators(tx, ctx, [operatorId]);
    const before = await tx.platformOperator.findUnique({ where: { id: operatorId } });
    if (!before) throw notFound('operator');
    const entry = await doing(tx, before);
    return {
      result: await readOperator(tx, ctx, operatorId),
      entry: { ...entry, object: { type: 'operator', id: operatorId } },
    };
  });
}
