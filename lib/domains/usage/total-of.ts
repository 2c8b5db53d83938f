import type { Tx } from '@/lib/infra/db';
import { findBuiltInMeter } from './meters';

/**
 * What one of the platform's meters that add up counted from `from` on until `until`, by the hour: an hour counts whole
 * when it began before `until`. Throws a RangeError for a meter that doesn't add up.
 */
export async function totalOf(
  tx: Tx,
  tenantId: string,
  meter: string,
  { from, until }: { from: Date; until: Date },
): Promise<number> {
  const aggregation = findBuiltInMeter(meter)?.aggregation;
  if (aggregation !== 'count' && aggregation !== 'sum') {
    throw new RangeError(`${meter} doesn't add up`);
  }
  const found = await tx.usageRollup.aggregate({
    where: { tenantId, meter, hour: { gte: from, lt: until } },
    _sum: { count: true, sum: true },
  });
  const { count, sum } = found._sum;
  return aggregation === 'count' ? Number(count ?? 0) : (sum ?? 0);
}
