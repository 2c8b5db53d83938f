import type { InvoiceMeasure, MovementKind } from '@/lib/domains/revenue/schemas';

const BASE = '/admin/revenue';

/** Where the rows behind a figure are listed. */
export const movementsHref = (month: string, currency: string, kind?: MovementKind) =>
  `${BASE}/movements?${new URLSearchParams({ month, currency, ...(kind ? { kind } : {}) })}`;

export const customersHref = (month: string, currency: string) =>
  `${BASE}/customers?${new URLSearchParams({ month, currency })}`;

export const invoicesHref = (month: string, currency: string, measure: InvoiceMeasure) =>
  `${BASE}/invoices?${new URLSearchParams({ month, currency, measure })}`;
