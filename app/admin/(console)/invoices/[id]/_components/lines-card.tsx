import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { InvoiceDto } from '@/lib/domains/billing';

/** The invoice's lines, and what they come to. */
export function LinesCard({ invoice }: { invoice: InvoiceDto }) {
  return (
    <Card>
      <CardHeader title="Lines" />
      <Table label="Lines">
        <TableHead>
          <TableRow>
            <TableHeader>Description</TableHeader>
            <TableHeader figures>Discount</TableHeader>
            <TableHeader figures>Amount</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {invoice.lines.map((line, index) => (
            // Lines have no names of their own, and never change places.
            <TableRow key={index}>
              <TableCell>
                <span className="block text-strong">{line.description}</span>
                <span className="text-sm text-muted">
                  <DateTime value={line.period.start} style="date" /> –{' '}
                  <DateTime value={line.period.end} style="date" />
                </span>
              </TableCell>
              <TableCell figures>
                {line.discount.amount === 0 ? '–' : <Money value={line.discount} />}
              </TableCell>
              <TableCell figures>
                <Money value={line.amount} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
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
