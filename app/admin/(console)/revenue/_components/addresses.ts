import type { Books, InvoiceMeasure, MovementKind } from '@/lib/domains/revenue/schemas';

const BASE = '/admin/revenue';

/** The rows of a month in these books, of what `rest` narrows them to. The same query asks the API. */
const rowsOf = (list: string, month: string, { currency, tenants }: Books, rest = {}) =>
  `${BASE}/${list}?${new URLSearchParams({ month, currency, ...(tenants === 'live' ? {} : { tenants }), ...rest })}`;

/** Where the rows behind a figure are listed. */
export const movementsHref = (month: string, books: Books, kind?: MovementKind) =>
  rowsOf('movements', month, books, kind ? { kind } : {});

export const customersHref = (month: string, books: Books) => rowsOf('customers', month, books);

export const invoicesHref = (month: string, books: Books, measure: InvoiceMeasure) =>
  rowsOf('invoices', month, books, { measure });
