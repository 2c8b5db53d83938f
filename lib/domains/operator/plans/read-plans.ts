import {
  listEveryPlanVersion,
  type PlanId,
  planIdSchema,
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

type Sale = { publishedAt: Date; retiredAt: Date | null };

async function readSales(tx: Tx): Promise<Map<string, Sale>> {
  const rows = await tx.planVersion.findMany({
    select: { planId: true, version: true, publishedAt: true, retiredAt: true },
  });
  return new Map(rows.map((row) => [`${row.planId} ${row.version}`, row]));
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

const iso = (date: Date | null | undefined) => date?.toISOString() ?? null;

/** The newest version of each plan, whether it is on sale or not; smallest plan first. */
function newestOf(versions: readonly PlanVersion[]): PlanVersion[] {
  return [...new Map(versions.map((plan) => [plan.planId, plan])).values()];
}

/** The catalogue as operators see it, in the caller's transaction; smallest plan first. */
export async function readPlans(tx: Tx): Promise<AdminPlan[]> {
  const every = await listEveryPlanVersion(tx);
  const sales = await readSales(tx);
  const { holding, waiting } = await countHolders(tx);
  const drafts = new Map((await tx.planDraft.findMany()).map((row) => [row.planId, row]));
  const newest = newestOf(every);
  return newest.map((latest, place) => {
    const own = every.filter(({ planId }) => planId === latest.planId).reverse();
    const draft = drafts.get(latest.planId);
    const onSale = own.find((one) => sales.get(`${one.planId} ${one.version}`)?.retiredAt === null);
    const content = draft && planContent.parse(draft.content);
    return adminPlan.parse({
      id: latest.planId,
      name: latest.name,
      currency: latest.currency,
      on_sale: onSale?.version ?? null,
      versions: own.map((one) => {
        const key = `${one.planId} ${one.version}`;
        return {
          version: one.version,
          content: contentOf(one),
          published_at: iso(sales.get(key)?.publishedAt),
          retired_at: iso(sales.get(key)?.retiredAt),
          subscriptions: holding.get(key) ?? 0,
          waiting: waiting.get(key) ?? 0,
        };
      }),
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
  });
}

/** One of them. Throws not_found. */
export async function readPlan(tx: Tx, id: PlanId): Promise<AdminPlan> {
  const plan = (await readPlans(tx)).find((one) => one.id === id);
  if (!plan) throw notFound('plan');
  return plan;
}
