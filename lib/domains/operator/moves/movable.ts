import {
  findCurrentPlan,
  listEveryPlanVersion,
  type PlanId,
  type PlanVersion,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { requirePlanId } from '../plans/read-plans';
import type { PlanMoveInput } from './schemas';

/** The version that is moved to, and those that are moved from, by their number. */
export type Movable = { planId: PlanId; to: PlanVersion; from: ReadonlyMap<number, PlanVersion> };

/**
 * What a move is about, checked. Only to what is on sale, and only from what was sold to everybody: a version by quote is an
 * agreement with one tenant. Throws not_found, 409 `not_on_sale`, 422 `version_unknown`.
 */
export async function movable(tx: Tx, input: PlanMoveInput, now: Date): Promise<Movable> {
  const planId = requirePlanId(input.id);
  const to = await findCurrentPlan(tx, planId, now);
  if (to?.version !== input.to_version) {
    throw conflict(
      'not_on_sale',
      `Version ${input.to_version} isn’t on sale any more: somebody archived it, or published another. Load the page again.`,
    );
  }
  const sold = (await listEveryPlanVersion(tx)).filter((one) => one.planId === planId);
  const from = new Map(
    input.from_versions.map((number) => {
      const held = sold.find(({ version }) => version === number);
      if (!held || number === to.version) {
        throw invalidField(
          'from_versions',
          'version_unknown',
          `Nobody can be moved from version ${number}: choose versions that were sold before.`,
        );
      }
      return [number, held];
    }),
  );
  return { planId, to, from };
}
