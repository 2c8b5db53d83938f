import { Prisma, type Tx } from '@/lib/infra/db';

/** Tenants that held a plan before a moment; sandbox tenants pay nothing that counts, and are left out. */
const holders = (planId: string, before: Date) => Prisma.sql`
  SELECT DISTINCT e.tenant_id FROM subscription_event e
  WHERE e.plan_id = ${planId} AND e.at < ${before}
    AND NOT EXISTS (SELECT FROM tenant_clock c WHERE c.tenant_id = e.tenant_id)`;

/** How many there are. */
export async function countHolders(tx: Tx, planId: string, before: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${holders(planId, before)}) held`;
  return row?.count ?? 0;
}

/** The next of them, at most `limit`, by id. `after`: the last one that was dealt with. */
export async function nextHolders(
  tx: Tx,
  planId: string,
  before: Date,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ tenant_id: string }[]>`
    SELECT tenant_id FROM (${holders(planId, before)}) held
    WHERE ${after}::uuid IS NULL OR tenant_id > ${after}::uuid
    ORDER BY tenant_id LIMIT ${limit}`;
  return rows.map(({ tenant_id }) => tenant_id);
}
