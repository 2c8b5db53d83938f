import { stripe } from '@/lib/infra/stripe';
import type { World } from './billing-world';

/** What is written here of a tenant's billing, as far as a second effect would show; no times, no ids. */
const OURS = {
  subscriptions: `SELECT status, plan_id, plan_version, billing_cycle, wish_plan_id, next_plan_id, wish_end, wish_paused, wish_revision,
      pushed_revision, provider_status, checkout_id IS NOT NULL AS page, card->>'last4' AS card
    FROM subscription WHERE tenant_id = $1 ORDER BY created_at`,
  invoices: `SELECT status, subtotal, discount, tax, total, amount_paid, amount_due FROM invoice
    WHERE tenant_id = $1 ORDER BY total, id`,
  charges: `SELECT meter, revision, units, amount, provider_line_id IS NOT NULL AS pending, settled_at IS NOT NULL AS settled
    FROM overage_charge WHERE tenant_id = $1 ORDER BY meter, month, revision`,
  reported: 'SELECT meter, total FROM usage_report WHERE tenant_id = $1 ORDER BY meter, month',
  drift: 'SELECT fields FROM billing_drift WHERE tenant_id = $1 ORDER BY fields::text',
  rights: `SELECT source, plan_id, api_calls_beyond FROM entitlement WHERE tenant_id = $1`,
  steps: `SELECT status_before, status, cause, plan_id FROM subscription_event WHERE tenant_id = $1 ORDER BY id`,
  acts: `SELECT action, count(*)::int FROM audit_event WHERE tenant_id = $1 GROUP BY action ORDER BY action`,
  moves: 'SELECT state, reason, asks FROM plan_move_part WHERE tenant_id = $1 ORDER BY move_id',
  told: `SELECT topic, count(*)::int FROM outbox WHERE tenant_id = $1 GROUP BY topic ORDER BY topic`,
};

/** What the provider has of a customer, and of the catalogue. */
async function theirs(customer: string) {
  const {
    checkout,
    invoiceItems,
    invoices,
    prices,
    products,
    subscriptions,
    subscriptionSchedules,
  } = stripe();
  const all = { limit: 100 };
  const catalogue = {
    products: (await products.list(all)).data.length,
    prices: (await prices.list({ ...all, active: true })).data.length,
  };
  if (!customer) return catalogue;
  const own = { ...all, customer };
  return {
    ...catalogue,
    subscriptions: (await subscriptions.list({ ...own, status: 'all' })).data.map(
      ({ status, items }) => [status, items.data.map(({ price }) => price.lookup_key)],
    ),
    invoices: (await invoices.list(own)).data.map(({ status, total }) => [status, total]),
    items: (await invoiceItems.list(own)).data.map(({ amount }) => amount),
    pages: (await checkout.sessions.list(own)).data.map(({ status, mode }) => [mode, status]),
    schedules: (await subscriptionSchedules.list(own)).data.map(({ status }) => status),
  };
}

/** Both sides' books of one tenant; equal books mean that nothing happened twice and nothing is missing. */
export async function booksOf({ admin }: World, tenantId: string) {
  const ours: Record<string, object[]> = {};
  for (const [name, text] of Object.entries(OURS))
    ours[name] = (await admin.query<object>(text, [tenantId])).rows;
  const { rows } = await admin.query<{ customer_id: string }>(
    'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
    [tenantId],
  );
  const customers = await stripe().customers.list({ limit: 100 });
  const named = customers.data.filter(({ metadata }) => metadata.tenant_id).length;
  return { ours, theirs: await theirs(rows[0]?.customer_id ?? ''), customers: named };
}
