import { lockPlan, type PlanId } from '@/lib/domains/entitlements';
import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { withOperator } from '../platform-audit';
import { readPlan, requirePlanId } from './read-plans';
import type { AdminPlan, PlanDraftInput, PlanRevisionInput } from './schemas';

const changed = (revision: number) =>
  conflict(
    'draft_changed',
    'Somebody else saved, published or discarded this draft meanwhile. Load it again, so that nothing of theirs is lost.',
    { revision },
  );

/** What was last done with the draft of a plan; null when nothing ever was. Throws 409 `draft_changed` when that isn't `revision` any more. */
async function requireRevision(tx: Tx, planId: PlanId, revision: number) {
  const row = await tx.planDraft.findUnique({ where: { planId } });
  if ((row?.revision ?? 0) === revision) return row;
  throw changed(row?.revision ?? 0);
}

/** The draft that somebody read. Throws 409 `draft_changed` when it is another by now, or gone. */
export async function requireDraft(tx: Tx, planId: PlanId, revision: number) {
  const row = await requireRevision(tx, planId, revision);
  if (row?.content) return row;
  throw changed(row?.revision ?? 0);
}

/** Ends a draft that was published or discarded. */
export async function endDraft(tx: Tx, planId: PlanId, now: Date): Promise<void> {
  await tx.planDraft.update({
    where: { planId },
    data: { content: Prisma.DbNull, revision: { increment: 1 }, updatedAt: now },
  });
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
        ...(before?.content ? { before: { content: before.content } } : {}),
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
    const before = await requireDraft(tx, planId, input.revision);
    await endDraft(tx, planId, ctx.clock.now());
    return {
      result: await readPlan(tx, planId),
      entry: {
        action: 'plan.draft_discarded',
        object: { type: 'plan', id: planId },
        before: { content: before.content },
      },
    };
  });
}
