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
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import type { Money } from '@/lib/kernel/money';
import type { Page } from '@/lib/kernel/page';
import type { Series } from '@/lib/kernel/series';
import type { PlatformAuditEntry } from '../platform-audit';
import { wholeList } from '../whole-list';

const object = { type: 'platform', id: 'all' };

type Query = { currency?: string | undefined; limit: number; cursor?: string | undefined };

/** All pages of a list, from its first on, whatever page was asked for, in the currency of the first. */
function wholeOf<Q extends Query, P extends Page<unknown> & { total: Money }>(
  ctx: OperatorCtx,
  entry: PlatformAuditEntry,
  query: Q,
  read: (tx: Tx, query: Q) => Promise<P>,
): Promise<AsyncIterable<P['data']>> {
  return wholeList<P>(ctx, entry, (tx, { limit, after }) =>
    read(tx, {
      ...query,
      limit,
      cursor: after?.next_cursor ?? undefined,
      currency: after?.total.currency ?? query.currency,
    }),
  );
}

/** All of a month's movements, read as they are taken. Throws `forbidden`. */
export async function exportMovements(ctx: OperatorCtx, query: MovementsQuery): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, kind = null } = query;
  const entry = { action: 'revenue_movements.exported', object, after: { month, kind } };
  return movementSeries(await wholeOf(ctx, entry, query, readMovements));
}

/** All who pay at the end of a month, read as they are taken. Throws `forbidden`. */
export async function exportRevenueCustomers(
  ctx: OperatorCtx,
  query: CustomersQuery,
): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month } = query;
  const entry = { action: 'revenue_customers.exported', object, after: { month } };
  return customerSeries(await wholeOf(ctx, entry, query, readCustomers));
}

/** All invoices behind a month's revenue, read as they are taken. Throws `forbidden`. */
export async function exportRevenueInvoices(
  ctx: OperatorCtx,
  query: RevenueInvoicesQuery,
): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const { month, measure } = query;
  const entry = { action: 'revenue_invoices.exported', object, after: { month, measure } };
  return invoiceSeries(await wholeOf(ctx, entry, query, readRevenueInvoices));
}
