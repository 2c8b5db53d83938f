import { publishOffers } from '@/lib/domains/billing';
import {
  lockPlan,
  nextVersionNumber,
  type PlanId,
  type PlanVersion,
  publishPlanVersion,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, invalid } from '@/lib/kernel/errors';
import { withOperator } from '../platform-audit';
import { endDraft, requireDraft } from './edit-draft';
import { readKnownPlan, readPlan, requirePlanId } from './read-plans';
import { nextVersionOf } from './review-draft';
import { type AdminPlan, planContent, type PlanRevisionInput } from './schemas';

/**
 * The version that a draft would become. Throws 409 `draft_changed`, `no_change`, 422 `invalid_plan` with the faults of
 * the review.
 */
async function nextVersion(tx: Tx, planId: PlanId, revision: number): Promise<PlanVersion> {
  const draft = await requireDraft(tx, planId, revision);
  const content = planContent.parse(draft.content);
  const { shown: plan, latest } = await readKnownPlan(tx, planId);
  const { faults = [], changes = [] } = plan.draft?.review ?? {};
  if (faults.length > 0) {
    throw invalid(
      faults.map(({ path, message }) => ({ path, code: 'unsound', message })),
      'invalid_plan',
    );
  }
  if (changes.length === 0 && plan.on_sale !== null) {
    throw conflict('no_change', `The draft says what version ${plan.on_sale} says already.`);
  }
  return nextVersionOf(latest, content, await nextVersionNumber(tx, planId));
}

/**
 * Puts a draft on sale in the place of the version before; who has that keeps it. The prices are made at every gateway
 * first, so that nothing is on sale that can't be collected. Throws `forbidden`, `not_found`, 409 `draft_changed`,
 * `no_change`, `version_taken`, `provider_refused`, 422 `invalid_plan`, 503 while a gateway is away.
 */
export async function publishPlanDraft(
  ctx: OperatorCtx,
  input: PlanRevisionInput,
): Promise<AdminPlan> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  const object = { type: 'plan', id: planId };
  const { revision } = input;
  const offered = await withOperator(ctx, async (tx) => ({
    result: await nextVersion(tx, planId, revision),
    entry: { action: 'plan.publishing_asked', object, after: { revision } },
  }));
  await publishOffers(offered);
  return withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const plan = await nextVersion(tx, planId, revision);
    if (plan.version !== offered.version) {
      throw conflict(
        'version_taken',
        'A quote was sent in this moment and took the version’s number. Publish the draft again.',
      );
    }
    await publishPlanVersion(tx, plan, ctx.clock.now());
    await endDraft(tx, planId, ctx.clock.now());
    return {
      result: await readPlan(tx, planId),
      entry: { action: 'plan.published', object, after: { ...plan } },
    };
  });
}
