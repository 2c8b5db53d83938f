import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { InvoiceDto } from '@/lib/domains/billing';

/** Lines have no names of their own, and never change places. */
type Line = InvoiceDto['lines'][number] & { place: number };

const columns: readonly PlainColumn<Line>[] = [
  {
    id: 'description',
    header: 'Description',
    cell: ({ description, period }) => (
      <>
        <span className="block break-words text-strong">{description}</span>
        <span className="text-sm text-muted">
          <DateTime value={period.start} style="date" /> –{' '}
          <DateTime value={period.end} style="date" />
        </span>
      </>
    ),
  },
  {
    id: 'discount',
    header: 'Discount',
    figures: true,
    cell: ({ discount }) => (discount.amount === 0 ? '–' : <Money value={discount} />),
  },
  {
    id: 'amount',
    header: 'Amount',
    figures: true,
    inCard: 'lead',
    cell: ({ amount }) => <Money value={amount} />,
  },
];

/** The invoice's lines, and what they come to. */
export function LinesCard({ invoice }: { invoice: InvoiceDto }) {
  return (
    <Card>
      <CardHeader title="Lines" />
      <PlainTable
        label="Lines"
        columns={columns}
        rows={invoice.lines.map((line, place) => ({ ...line, place }))}
        rowKey={({ place }) => String(place)}
      />
      <CardBody className="flex flex-wrap justify-end gap-x-6 gap-y-1 pt-4">
        <span className="text-muted">
          Tax <Money value={invoice.tax} />
        </span>
        <span className="font-medium text-strong">
          Total <Money value={invoice.total} />
        </span>
      </CardBody>
    </Card>
  );
}
