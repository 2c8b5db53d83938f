import {
  customerSeries,
  invoiceSeries,
  movementSeries,
  readCustomers,
  readMovements,
  readRevenueInvoices,
} from '@/lib/domains/revenue';
import type {
  CustomersQuery,
  MovementsQuery,
  RevenueInvoicesQuery,
} from '@/lib/domains/revenue/schemas';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import type { Series } from '@/lib/kernel/series';
import { withOperator } from '../platform-audit';

const object = { type: 'platform', id: 'all' };
/** More than a month has of them: who exports wants all, in which the figure can be added up again. */
const WHOLE = { limit: 1_000_000, cursor: undefined };

/** All of a month's movements, whatever page was asked for. Throws `forbidden`. */
export async function exportMovements(ctx: OperatorCtx, query: MovementsQuery): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, kind = null } = query;
  return withOperator(ctx, async (tx) => ({
    result: movementSeries((await readMovements(tx, { ...query, ...WHOLE })).data),
    entry: { action: 'revenue_movements.exported', object, after: { month, kind } },
  }));
}

/** All who pay at the end of a month, whatever page was asked for. Throws `forbidden`. */
export async function exportRevenueCustomers(
  ctx: OperatorCtx,
  query: CustomersQuery,
): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month } = query;
  return withOperator(ctx, async (tx) => ({
    result: customerSeries((await readCustomers(tx, { ...query, ...WHOLE })).data),
    entry: { action: 'revenue_customers.exported', object, after: { month } },
  }));
}

/** All invoices behind a month's revenue, whatever page was asked for. Throws `forbidden`. */
export async function exportRevenueInvoices(
  ctx: OperatorCtx,
  query: RevenueInvoicesQuery,
): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, measure } = query;
  return withOperator(ctx, async (tx) => ({
    result: invoiceSeries((await readRevenueInvoices(tx, { ...query, ...WHOLE })).data),
    entry: { action: 'revenue_invoices.exported', object, after: { month, measure } },
  }));
}
