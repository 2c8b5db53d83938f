import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from '../platform-audit';
import { readPlan, readPlans, requirePlanId } from './read-plans';
import type { AdminPlan } from './schemas';

/** Every plan with its versions, who has them, and its draft; smallest plan first. Throws `forbidden`. */
export async function listAdminPlans(ctx: OperatorCtx): Promise<AdminPlan[]> {
  authoriseOperator(ctx, 'platform:read');
  return withOperator(ctx, async (tx) => ({
    result: await readPlans(tx),
    entry: { action: 'plans.listed', object: { type: 'platform', id: 'all' } },
  }));
}

/** Throws `forbidden`, `not_found`. */
export async function getAdminPlan(ctx: OperatorCtx, id: string): Promise<AdminPlan> {
  authoriseOperator(ctx, 'platform:read');
  const planId = requirePlanId(id);
  return withOperator(ctx, async (tx) => ({
    result: await readPlan(tx, planId),
    entry: { action: 'plan.viewed', object: { type: 'plan', id: planId } },
  }));
}
