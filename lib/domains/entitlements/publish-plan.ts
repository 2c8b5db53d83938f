import type { Tx } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import type { PlanVersion } from './schemas';

/** Ends the sale of a version at `now`; who has it keeps it. False when it wasn't on sale. */
export async function retirePlanVersion(
  tx: Tx,
  { planId, version }: Pick<PlanVersion, 'planId' | 'version'>,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.planVersion.updateMany({
    where: { planId, version, retiredAt: null },
    data: { retiredAt: now },
  });
  return count > 0;
}

/** Puts a version on sale from `now` on, in the place of the one before. It is never changed afterwards. */
export async function publishPlanVersion(tx: Tx, plan: PlanVersion, now: Date): Promise<void> {
  const { planId } = plan;
  await tx.planVersion.updateMany({
    where: { planId, retiredAt: null },
    data: { retiredAt: now },
  });
  await tx.planVersion.create({ data: { id: newId(now.getTime()), ...plan, publishedAt: now } });
}
