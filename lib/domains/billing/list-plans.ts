import { findCurrentPlan, listPlanVersions, planIdSchema } from '@/lib/domains/entitlements';
import { withNobody } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import type { PlanDto } from './schemas';
import { toPlanDto } from './to-dto';

/** The catalogue as it is on sale now, smallest plan first. */
export async function listPlans(ctx: PublicCtx): Promise<PlanDto[]> {
  const plans = await withNobody((tx) => listPlanVersions(tx, ctx.clock.now()));
  return plans.map(toPlanDto);
}

/** Throws not_found. */
export async function getPlan(ctx: PublicCtx, id: string): Promise<PlanDto> {
  const known = planIdSchema.safeParse(id);
  if (!known.success) throw notFound('plan');
  const plan = await withNobody((tx) => findCurrentPlan(tx, known.data, ctx.clock.now()));
  if (!plan) throw notFound('plan');
  return toPlanDto(plan);
}
