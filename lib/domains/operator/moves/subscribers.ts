import type { Tx } from '@/lib/infra/db';

export type SubscriptionRow = NonNullable<Awaited<ReturnType<Tx['subscription']['findFirst']>>>;

type Of = { planId: string; fromVersions: readonly number[] };

const held = ({ planId, fromVersions }: Of) => ({
  planId,
  planVersion: { in: [...fromVersions] },
  status: { notIn: ['cancelled', 'incomplete'] },
});

const heldAfter = (of: Of, after: string | null) => ({
  ...held(of),
  ...(after ? { tenantId: { gt: after } } : {}),
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
    where: heldAfter(of, after),
    orderBy: { tenantId: 'asc' },
    take: limit,
    select: { tenantId: true, id: true, planVersion: true },
  });
}

/** Subscriptions that are held at a time. */
const PAGE = 500;

/** All of them with all that is known of each, some at a time; and which of those are sandboxes. */
export async function* subscriberPages(tx: Tx, of: Of) {
  let after: string | null = null;
  for (;;) {
    const rows: SubscriptionRow[] = await tx.subscription.findMany({
      where: heldAfter(of, after),
      orderBy: { tenantId: 'asc' },
      take: PAGE,
    });
    const clocks = await tx.tenantClock.findMany({
      where: { tenantId: { in: rows.map(({ tenantId }) => tenantId) } },
      select: { tenantId: true },
    });
    yield { rows, sandboxes: new Set(clocks.map(({ tenantId }) => tenantId)) };
    after = rows.at(-1)?.tenantId ?? null;
    if (rows.length < PAGE) return;
  }
}
