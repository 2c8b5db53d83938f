import { Prisma, type Tx } from '@/lib/infra/db';

/** Tenants that held a plan before a moment; sandbox tenants pay nothing that counts, and are left out. */
const holders = (planId: string, before: Date) => Prisma.sql`
  FROM tenant t
  WHERE EXISTS (
      SELECT FROM subscription_event e WHERE e.plan_id = ${planId} AND e.tenant_id = t.id AND e.happened_at < ${before})
    AND NOT EXISTS (SELECT FROM tenant_clock c WHERE c.tenant_id = t.id)`;

/** How many there are. */
export async function countHolders(tx: Tx, planId: string, before: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count ${holders(planId, before)}`;
  return row?.count ?? 0;
}

/** The next of them, at most `limit`, by id. `after`: the last one that was dealt with. */
export async function nextHolders(
  tx: Tx,
  planId: string,
  before: Date,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rest = after ? Prisma.sql`AND t.id > ${after}::uuid` : Prisma.empty;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id ${holders(planId, before)} ${rest} ORDER BY t.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
