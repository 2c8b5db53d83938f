import {
  listPlanSales,
  type PlanId,
  planIdSchema,
  type PlanSale,
  type PlanVersion,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { notFound } from '@/lib/kernel/errors';
import { contentOf, reviewDraft } from './review-draft';
import { type AdminPlan, adminPlan, planContent } from './schemas';

/** Throws not_found for a plan that isn't in the catalogue. */
export function requirePlanId(id: string): PlanId {
  const known = planIdSchema.safeParse(id);
  if (!known.success) throw notFound('plan');
  return known.data;
}

/** Live subscriptions by plan and version, and those that change to one at their period's end. */
async function countHolders(tx: Tx) {
  const live = { status: { not: 'cancelled' } };
  const holding = await tx.subscription.groupBy({
    by: ['planId', 'planVersion'],
    where: live,
    _count: true,
  });
  const waiting = await tx.subscription.groupBy({
    by: ['nextPlanId', 'nextPlanVersion'],
    where: { ...live, nextPlanId: { not: null } },
    _count: true,
  });
  return {
    holding: new Map(holding.map((row) => [`${row.planId} ${row.planVersion}`, row._count])),
    waiting: new Map(
      waiting.map((row) => [`${row.nextPlanId} ${row.nextPlanVersion}`, row._count]),
    ),
  };
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The newest version of each plan, whether it is on sale or not; smallest plan first. */
function newestOf(sales: readonly PlanSale[]): PlanVersion[] {
  return [...new Map(sales.map(({ plan }) => [plan.planId, plan])).values()];
}

/** A plan as operators see it, with its newest version as it is kept. */
type KnownPlan = { shown: AdminPlan; latest: PlanVersion };

async function readKnown(tx: Tx): Promise<KnownPlan[]> {
  const sales = await listPlanSales(tx);
  const { holding, waiting } = await countHolders(tx);
  const drafts = new Map((await tx.planDraft.findMany()).map((row) => [row.planId, row]));
  const newest = newestOf(sales);
  return newest.map((latest, place) => {
    const own = sales.filter(({ plan }) => plan.planId === latest.planId).reverse();
    const draft = drafts.get(latest.planId);
    const onSale = own.find(({ retiredAt }) => retiredAt === null);
    const content = draft?.content ? planContent.parse(draft.content) : null;
    const shown = adminPlan.parse({
      id: latest.planId,
      name: latest.name,
      currency: latest.currency,
      on_sale: onSale?.plan.version ?? null,
      versions: own.map(({ plan: one, publishedAt, retiredAt }) => {
        const key = `${one.planId} ${one.version}`;
        return {
          version: one.version,
          content: contentOf(one),
          published_at: iso(publishedAt),
          retired_at: iso(retiredAt),
          subscriptions: holding.get(key) ?? 0,
          waiting: waiting.get(key) ?? 0,
        };
      }),
      draft_revision: draft?.revision ?? 0,
      draft:
        draft && content
          ? {
              revision: draft.revision,
              content,
              updated_at: iso(draft.updatedAt),
              review: reviewDraft(content, latest, newest[place - 1] ?? null),
            }
          : null,
    });
    return { shown, latest };
  });
}

/** The catalogue as operators see it, in the caller's transaction; smallest plan first. */
export async function readPlans(tx: Tx): Promise<AdminPlan[]> {
  return (await readKnown(tx)).map(({ shown }) => shown);
}

/** One of them, with its newest version. Throws not_found. */
export async function readKnownPlan(tx: Tx, id: PlanId): Promise<KnownPlan> {
  const plan = (await readKnown(tx)).find(({ latest }) => latest.planId === id);
  if (!plan) throw notFound('plan');
  return plan;
}

/** One of them. Throws not_found. */
export async function readPlan(tx: Tx, id: PlanId): Promise<AdminPlan> {
  return (await readKnownPlan(tx, id)).shown;
}
