import type { Tx } from '@/lib/infra/db';

type Of = { planId: string; fromVersions: readonly number[] };

const held = ({ planId, fromVersions }: Of) => ({
  planId,
  planVersion: { in: [...fromVersions] },
  status: { notIn: ['cancelled', 'incomplete'] },
});

/** How many subscriptions that run have one of these versions. */
export function countSubscribers(tx: Tx, of: Of): Promise<number> {
  return tx.subscription.count({ where: held(of) });
}

/** The next of them by tenant, at most `limit`. `after`: the last tenant that was dealt with. */
export function nextSubscribers(
  tx: Tx,
  of: Of,
  { after, limit }: { after: string | null; limit: number },
) {
  return tx.subscription.findMany({
    where: { ...held(of), ...(after ? { tenantId: { gt: after } } : {}) },
    orderBy: { tenantId: 'asc' },
    take: limit,
    select: { tenantId: true, id: true, planVersion: true },
  });
}
