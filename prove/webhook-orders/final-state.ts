import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { World } from '@/lib/testing/billing-world';

const SUBSCRIPTIONS = `
  SELECT status, plan_id, plan_version, billing_cycle, current_period_start, current_period_end, trial_ends_at, cancel_at,
    ended_at, provider_id, provider_status, card->>'last4' AS card, wish_revision, pushed_revision
  FROM subscription WHERE tenant_id = $1 ORDER BY provider_id`;

const INVOICES = `
  SELECT i.provider_id, i.status, i.subtotal, i.discount, i.tax, i.total, i.balance_applied, i.amount_paid, i.amount_due,
    i.paid_at, i.period_start, i.period_end,
    (SELECT json_agg(json_build_array(l.kind, l.item_key, l.quantity, l.amount, l.discount, l.tax) ORDER BY l.provider_id)
     FROM invoice_line l WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.id) AS lines
  FROM invoice i WHERE i.tenant_id = $1 ORDER BY i.period_start, i.provider_id`;

const HISTORY = `
  SELECT status_before, status, cause, plan_id, monthly_before::int, monthly_after::int
  FROM subscription_event WHERE tenant_id = $1 ORDER BY id`;

const TOLD = `
  SELECT topic, count(*)::int FROM outbox WHERE tenant_id = $1 GROUP BY topic ORDER BY topic`;

const ACTS = `
  SELECT action, count(*)::int FROM audit_event WHERE tenant_id = $1 GROUP BY action ORDER BY action`;

interface Step {
  status_before: string | null;
  status: string;
  monthly_before: number;
  monthly_after: number;
}

/** How a tenant's billing stands, and by which way it came there. */
export interface Standing {
  state: object;
  history: Step[];
  told: object[];
  acts: object[];
}

export async function standingOf({ admin }: World, ctx: Ctx): Promise<Standing> {
  const read = async <T extends object>(text: string) =>
    (await admin.query<T>(text, [ctx.tenantId])).rows;
  const { limits, features, source } = await withTenant(ctx, (tx) => getEntitlements(tx, ctx));
  return {
    state: {
      subscriptions: await read(SUBSCRIPTIONS),
      invoices: await read(INVOICES),
      drift: await read(
        'SELECT fields FROM billing_drift WHERE tenant_id = $1 ORDER BY fields::text',
      ),
      tenant: await read('SELECT status FROM tenant WHERE id = $1'),
      rights: { limits, features, source },
    },
    history: await read<Step>(HISTORY),
    told: await read(TOLD),
    acts: await read(ACTS),
  };
}

/** Whether each step goes on where the one before it ended, in status and in monthly value. */
export function isChain(history: readonly Step[]): boolean {
  return history.every((step, index) => {
    const before = history[index - 1];
    if (!before) return step.monthly_before === 0;
    return step.status_before === before.status && step.monthly_before === before.monthly_after;
  });
}
