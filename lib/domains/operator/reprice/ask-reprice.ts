import { listEveryPlanVersion, lockPlan, type PlanId } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { dateOf } from '@/lib/kernel/unix-time';
import { withOperator } from '../platform-audit';
import { requirePlanId } from '../plans/read-plans';
import { contentOf } from '../plans/review-draft';
import { countHolders } from './holders';
import { repriceContract } from './job-contracts';
import { windowOf } from './run-reprice';
import type { RepriceInput } from './schemas';

/** What everybody is to be priced by. Throws not_found for a version that there isn't, 409 `no_draft`. */
async function readTerms(tx: Tx, planId: PlanId, version: number | undefined) {
  if (version !== undefined) {
    const sold = (await listEveryPlanVersion(tx)).find(
      (one) => one.planId === planId && one.version === version,
    );
    if (!sold) throw notFound('plan_version');
    return { revision: 0, content: contentOf(sold) };
  }
  const draft = await tx.planDraft.findUnique({ where: { planId } });
  if (!draft?.content) {
    throw conflict('no_draft', 'Save a draft first: it is what everybody is priced by.');
  }
  return { revision: draft.revision, content: draft.content };
}

/**
 * Asks for a report of what everybody on a plan would have paid under its draft, or a published version; it takes the place of the one before,
 * and a job fills it. Throws `forbidden`, `not_found`, 409 `no_draft`.
 */
export async function askReprice(ctx: OperatorCtx, input: RepriceInput): Promise<void> {
  authoriseOperator(ctx, 'catalogue:write');
  const planId = requirePlanId(input.id);
  const { months, version } = input;
  await withOperator(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const { revision, content } = await readTerms(tx, planId, version);
    const askedAt = ctx.clock.now();
    const until = dateOf(windowOf({ askedAt, months }).end);
    const id = newId(askedAt.getTime());
    await tx.planReprice.deleteMany({ where: { planId } });
    await tx.planReprice.create({
      data: {
        planId,
        id,
        revision,
        content,
        version: version ?? null,
        months,
        total: await countHolders(tx, planId, until),
        askedAt,
      },
    });
    await enqueue(tx, repriceContract, { id }, { key: `reprice:${id}` });
    return {
      result: null,
      entry: {
        action: 'plan.reprice_asked',
        object: { type: 'plan', id: planId },
        after: { months, ...(version === undefined ? { revision } : { version }) },
      },
    };
  });
}
