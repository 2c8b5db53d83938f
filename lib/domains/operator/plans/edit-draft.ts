import { lockPlan, type PlanId } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { withOperator } from '../platform-audit';
import { readPlan, requirePlanId } from './read-plans';
import type { AdminPlan, PlanDraftInput, PlanRevisionInput } from './schemas';

/** The draft that somebody read; 0 stands for none. Throws 409 `draft_changed` when it is another by now. */
export async function requireRevision(tx: Tx, planId: PlanId, revision: number) {
  const draft = await tx.planDraft.findUnique({ where: { planId } });
  if ((draft?.revision ?? 0) === revision) return draft;
  throw conflict(
    'draft_changed',
    'Somebody else saved, published or discarded this draft meanwhile. Load it again, so that nothing of theirs is lost.',
    { revision: draft?.revision ?? 0 },
  );
}

/**
 * Keeps what is to become the next version of a plan. Nothing is sold by it. Throws `forbidden`, `not_found`, 409
 * `draft_changed`.
 */
export async function savePlanDraft(ctx: OperatorCtx, input: PlanDraftInput): Promise<AdminPlan> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  const { content, revision } = input;
  return withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const before = await requireRevision(tx, planId, revision);
    const kept = { content, revision: revision + 1, updatedAt: ctx.clock.now() };
    await tx.planDraft.upsert({
      where: { planId },
      create: { planId, ...kept },
      update: kept,
    });
    return {
      result: await readPlan(tx, planId),
      entry: {
        action: 'plan.draft_saved',
        object: { type: 'plan', id: planId },
        ...(before ? { before: { content: before.content } } : {}),
        after: { content, revision: kept.revision },
      },
    };
  });
}

/** Throws `forbidden`, `not_found`, 409 `draft_changed`. */
export async function discardPlanDraft(
  ctx: OperatorCtx,
  input: PlanRevisionInput,
): Promise<AdminPlan> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  return withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const before = await requireRevision(tx, planId, input.revision);
    await tx.planDraft.delete({ where: { planId } });
    return {
      result: await readPlan(tx, planId),
      entry: {
        action: 'plan.draft_discarded',
        object: { type: 'plan', id: planId },
        ...(before ? { before: { content: before.content } } : {}),
      },
    };
  });
}
