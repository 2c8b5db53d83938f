import { readCustomers, readMovements, readRevenueInvoices } from '@/lib/domains/revenue';
import type {
  CustomerPage,
  CustomersQuery,
  MovementPage,
  MovementsQuery,
  RevenueInvoicePage,
  RevenueInvoicesQuery,
} from '@/lib/domains/revenue/schemas';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from '../platform-audit';

const object = { type: 'platform', id: 'all' };

/** Whose MRR a month changed, and how. Throws `forbidden`, `invalid_cursor`. */
export async function listMovements(
  ctx: OperatorCtx,
  query: MovementsQuery,
): Promise<MovementPage> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, kind = null } = query;
  return withOperator(ctx, async (tx) => ({
    result: await readMovements(tx, query),
    entry: { action: 'revenue_movements.listed', object, after: { month, kind } },
  }));
}

/** Who pays at the end of a month. Throws `forbidden`, `invalid_cursor`. */
export async function listRevenueCustomers(
  ctx: OperatorCtx,
  query: CustomersQuery,
): Promise<CustomerPage> {
  authoriseOperator(ctx, 'revenue:read');
  const { month } = query;
  return withOperator(ctx, async (tx) => ({
    result: await readCustomers(tx, query),
    entry: { action: 'revenue_customers.listed', object, after: { month } },
  }));
}

/** The invoices behind a month's revenue. Throws `forbidden`, `invalid_cursor`. */
export async function listRevenueInvoices(
  ctx: OperatorCtx,
  query: RevenueInvoicesQuery,
): Promise<RevenueInvoicePage> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, measure } = query;
  return withOperator(ctx, async (tx) => ({
    result: await readRevenueInvoices(tx, query),
    entry: { action: 'revenue_invoices.listed', object, after: { month, measure } },
  }));
}
