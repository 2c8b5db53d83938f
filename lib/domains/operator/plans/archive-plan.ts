import { lockPlan, retirePlanVersion, TRIAL_PLAN } from '@/lib/domains/entitlements';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { withOperator } from '../platform-audit';
import { readPlan, requirePlanId } from './read-plans';
import type { AdminPlan, PlanArchiveInput } from './schemas';

/**
 * Takes a plan off sale: nobody can buy it or change to it any more. Who has it, or changes to it at the period's end,
 * keeps that; publishing a new version sells it again. `version` is the one that was seen on sale. Throws
 * `forbidden`, `not_found`, 409 `trial_plan`, `not_on_sale`.
 */
export async function archivePlan(ctx: OperatorCtx, input: PlanArchiveInput): Promise<AdminPlan> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  const { version } = input;
  if (planId === TRIAL_PLAN) {
    throw conflict(
      'trial_plan',
      'Every new organisation begins with a trial of this plan, so that it stays on sale.',
    );
  }
  return withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    if (!(await retirePlanVersion(tx, { planId, version }, ctx.clock.now()))) {
      throw conflict(
        'not_on_sale',
        `Version ${version} isn’t on sale any more: somebody archived it, or published another. Load the page again.`,
      );
    }
    return {
      result: await readPlan(tx, planId),
      entry: {
        action: 'plan.archived',
        object: { type: 'plan', id: planId },
        before: { on_sale: version },
        after: { on_sale: null },
      },
    };
  });
}
