import type { Series, SeriesColumn } from '@/lib/kernel/series';
import type { CustomerRow, MovementRow, RevenueInvoiceRow } from './schemas';

type Cell = string | number | null;

const text = (name: string): SeriesColumn => ({ name, kind: 'text' });
const cents = (name: string): SeriesColumn => ({ name, kind: 'number' });
const time = (name: string): SeriesColumn => ({ name, kind: 'time' });
const instant = (at: string | null): Cell => (at === null ? null : Date.parse(at));

/** Rows as they are read, some at a time: no more of them are held. */
type Pages<Row> = AsyncIterable<readonly Row[]>;

function toSeries<Row>(
  columns: readonly SeriesColumn[],
  pages: Pages<Row>,
  cellsOf: (row: Row) => Cell[],
): Series {
  async function* parts() {
    for await (const page of pages) {
      const rows = page.map(cellsOf);
      yield columns.map((_, at) => rows.map((row) => row[at] ?? null));
    }
  }
  return { columns, parts: parts() };
}

const WHOSE = ['tenant_id', 'tenant_slug', 'tenant_name', 'subscription_id'].map(text);
const whose = ({
  tenant,
  subscription_id,
}: Pick<RevenueInvoiceRow, 'tenant' | 'subscription_id'>): Cell[] => [
  tenant.id,
  tenant.slug,
  tenant.name,
  subscription_id,
];

/** Amounts in minor units, as everywhere. */
export const movementSeries = (pages: Pages<MovementRow>): Series =>
  toSeries(
    [
      ...WHOSE,
      text('kind'),
      cents('before'),
      cents('after'),
      cents('amount'),
      text('currency'),
      time('changed_at'),
    ],
    pages,
    (row) => [
      ...whose(row),
      row.kind,
      row.before.amount,
      row.after.amount,
      row.amount.amount,
      row.amount.currency,
      instant(row.changed_at),
    ],
  );

export const customerSeries = (pages: Pages<CustomerRow>): Series =>
  toSeries([...WHOSE, cents('amount'), text('currency'), time('since')], pages, (row) => [
    ...whose(row),
    row.amount.amount,
    row.amount.currency,
    instant(row.since),
  ]);

export const invoiceSeries = (pages: Pages<RevenueInvoiceRow>): Series =>
  toSeries(
    [
      ...WHOSE,
      text('invoice_id'),
      text('invoice_number'),
      text('status'),
      text('credit_note_id'),
      text('credit_note_number'),
      time('issued_at'),
      time('paid_at'),
      cents('amount'),
      text('currency'),
    ],
    pages,
    (row) => [
      ...whose(row),
      row.invoice.id,
      row.invoice.number,
      row.invoice.status,
      row.credit_note?.id ?? null,
      row.credit_note?.number ?? null,
      instant(row.issued_at),
      instant(row.paid_at),
      row.amount.amount,
      row.amount.currency,
    ],
  );
