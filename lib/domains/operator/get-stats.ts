import { tenantStatuses } from '@/lib/domains/tenancy/schemas';
import { subscriptionStatuses } from '@/lib/domains/billing/schemas';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from './platform-audit';
import type { AdminStats } from './schemas';

const DAY_MS = 86_400_000;
const LIVE = subscriptionStatuses.filter((status) => status !== 'cancelled');

/** Every status of a closed list, also those that nobody has. */
function counted<S extends string>(
  statuses: readonly S[],
  rows: readonly { status: string; _count: number }[],
): Record<S, number> {
  const found = new Map(rows.map((row) => [row.status, row._count]));
  const entries = statuses.map((status) => [status, found.get(status) ?? 0] as const);
  return Object.fromEntries(entries) as Record<S, number>;
}

async function tenantStats(tx: Tx, now: Date): Promise<AdminStats['tenants']> {
  const rows = await tx.tenant.groupBy({ by: ['status'], _count: true });
  const since = new Date(now.getTime() - 30 * DAY_MS);
  const by_status = counted(tenantStatuses, rows);
  return {
    total: Object.values(by_status).reduce((sum, n) => sum + n, 0),
    by_status,
    new_30_days: await tx.tenant.count({ where: { createdAt: { gt: since } } }),
  };
}

async function subscriptionStats(tx: Tx): Promise<AdminStats['subscriptions']> {
  const rows = await tx.subscription.groupBy({ by: ['status'], _count: true });
  const plans = await tx.subscription.groupBy({
    by: ['planId'],
    where: { status: { in: [...LIVE] } },
    _count: true,
    orderBy: { planId: 'asc' },
  });
  const by_status = counted(subscriptionStatuses, rows);
  return {
    live: LIVE.reduce((sum, status) => sum + by_status[status], 0),
    by_status,
    by_plan: plans.map((plan) => ({ plan_id: plan.planId, live: plan._count })),
  };
}

async function invoiceStats(tx: Tx): Promise<AdminStats['invoices']> {
  const rows = await tx.invoice.groupBy({
    by: ['currency'],
    where: { status: 'open' },
    _count: true,
    _sum: { amountDue: true, amountPaid: true },
    orderBy: { currency: 'asc' },
  });
  return {
    open: rows.reduce((sum, row) => sum + row._count, 0),
    open_due: rows.map((row) => ({
      amount: Number((row._sum.amountDue ?? 0n) - (row._sum.amountPaid ?? 0n)),
      currency: row.currency,
    })),
  };
}

async function webhookStats(tx: Tx, now: Date): Promise<AdminStats['webhooks']> {
  const since = new Date(now.getTime() - DAY_MS);
  return {
    waiting: await tx.webhookInbox.count({ where: { processedAt: null } }),
    failing: await tx.webhookInbox.count({
      where: { processedAt: null, lastError: { not: null } },
    }),
    received_24_hours: await tx.webhookInbox.count({ where: { receivedAt: { gt: since } } }),
  };
}

/** Counts over the whole platform, all of one instant. Throws `forbidden`. */
export async function getStats(ctx: OperatorCtx): Promise<AdminStats> {
  authoriseOperator(ctx, 'platform:read');
  const now = ctx.clock.now();
  return withOperator(ctx, async (tx) => {
    const result = {
      tenants: await tenantStats(tx, now),
      subscriptions: await subscriptionStats(tx),
      invoices: await invoiceStats(tx),
      people: await tx.user.count(),
      drift: await tx.billingDrift.count({ where: { acceptedAt: null } }),
      webhooks: await webhookStats(tx, now),
      as_of: now.toISOString(),
    };
    return { result, entry: { action: 'stats.viewed', object: { type: 'platform', id: 'all' } } };
  });
}
