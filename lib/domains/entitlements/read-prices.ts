import type { Tx } from '@/lib/infra/db';
import { pricesSchema } from './schemas';

/**
 * What plans and add-ons, by their keys, cost for a whole cycle, in minor units: in every version, for a tenant may still
 * have an old one, the oldest first, and last those that were quoted to it.
 */
export async function readPrices(
  tx: Tx,
  tenantId: string,
  keys: readonly string[],
): Promise<Map<string, number[]>> {
  const plans = await tx.planVersion.findMany({
    where: { planId: { in: [...keys] }, OR: [{ quotedTo: null }, { quotedTo: tenantId }] },
    orderBy: [{ quotedTo: { sort: 'asc', nulls: 'first' } }, { rank: 'asc' }, { version: 'asc' }],
    select: { planId: true, prices: true },
  });
  const addOns = await tx.addOnVersion.findMany({
    where: { key: { in: [...keys] } },
    orderBy: [{ rank: 'asc' }, { version: 'asc' }],
    select: { key: true, prices: true },
  });
  const all = new Map<string, number[]>();
  for (const sold of [...plans.map(({ planId: key, prices }) => ({ key, prices })), ...addOns]) {
    const own = Object.values(pricesSchema.parse(sold.prices)).filter((price) => price !== null);
    all.set(sold.key, [...(all.get(sold.key) ?? []), ...own]);
  }
  return all;
}
