import { lockFor, type Tx } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import type { PlanId, PlanVersion } from './schemas';

/** Held until the transaction ends by whoever writes a plan's draft or versions. */
export const lockPlan = (tx: Tx, planId: PlanId) => lockFor(tx, planId, 'plan');

/** The number of the version that a plan gets next, whoever it is for. The caller holds the plan's lock. */
export async function nextVersionNumber(tx: Tx, planId: PlanId): Promise<number> {
  const { _max } = await tx.planVersion.aggregate({ where: { planId }, _max: { version: true } });
  return (_max.version ?? 0) + 1;
}

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

function createVersion(tx: Tx, { quoted, ...plan }: PlanVersion, now: Date) {
  return tx.planVersion.create({
    data: {
      id: newId(now.getTime()),
      ...plan,
      quotedTo: quoted?.tenantId ?? null,
      netDays: quoted?.netDays ?? null,
      publishedAt: now,
      // What is for one tenant is known to its quote, and on sale for nobody.
      retiredAt: quoted ? now : null,
    },
  });
}

/** Puts a version on sale from `now` on, in the place of the one before. It is never changed afterwards. */
export async function publishPlanVersion(tx: Tx, plan: PlanVersion, now: Date): Promise<void> {
  const { planId } = plan;
  await tx.planVersion.updateMany({
    where: { planId, retiredAt: null },
    data: { retiredAt: now },
  });
  await createVersion(tx, plan, now);
}

/** Writes the version that a quote sells: to one tenant, never on sale, never changed. */
export async function publishQuotedVersion(
  tx: Tx,
  plan: PlanVersion & { quoted: NonNullable<PlanVersion['quoted']> },
  now: Date,
): Promise<void> {
  await createVersion(tx, plan, now);
}
