import type { Prisma, Tx } from '@/lib/infra/db';
import { openMoveStates } from './schemas';

export type MovePart = Prisma.PlanMovePartGetPayload<object>;

/** The tenant's move that isn't over: no more than one, for no more than one subscription lives. */
export function openMoveOf(tx: Tx, tenantId: string): Promise<MovePart | null> {
  return tx.planMovePart.findFirst({
    where: { tenantId, state: { in: [...openMoveStates] } },
    orderBy: { moveId: 'asc' },
  });
}
