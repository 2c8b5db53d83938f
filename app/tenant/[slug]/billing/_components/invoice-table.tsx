import { Status } from '@/components/ui/badge';
import { DateTime, Money } from '@/components/ui/figures';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import type { InvoiceDto } from '@/lib/domains/billing';
import { invoiceStates } from './invoice-states';

function What({ invoice }: { invoice: InvoiceDto }) {
  const [first, ...rest] = invoice.lines;
  return (
    <>
      {first?.description ?? 'No lines'}
      {rest.length > 0 ? <span className="text-muted"> and {rest.length} more</span> : null}
    </>
  );
}

/** Invoices, newest first, each with its own page; open ones with the page where they are paid. */
export function InvoiceTable({
  invoices,
  base,
}: {
  invoices: readonly InvoiceDto[];
  base: string;
}) {
  return (
    <Table label="Invoices">
      <TableHead>
        <TableRow>
          <TableHeader>Number</TableHeader>
          <TableHeader>Date</TableHeader>
          <TableHeader>For</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader figures>Total</TableHeader>
          <TableHeader>
            <span className="sr-only">Payment</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {invoices.map((invoice) => (
          <TableRow key={invoice.id}>
            <TableCell className="figures whitespace-nowrap">
              <TextLink href={`${base}/billing/invoices/${invoice.id}`}>{invoice.number}</TextLink>
            </TableCell>
            <TableCell>
              <DateTime value={invoice.issued_at} style="date" />
            </TableCell>
            <TableCell>
              <What invoice={invoice} />
            </TableCell>
            <TableCell>
              <Status tone={invoiceStates[invoice.status].tone}>
                {invoiceStates[invoice.status].word}
              </Status>
            </TableCell>
            <TableCell figures>
              <Money value={invoice.total} />
            </TableCell>
            <TableCell className="text-right">
              {invoice.status === 'open' && invoice.hosted_url ? (
                <TextLink href={invoice.hosted_url}>
                  Pay<span className="sr-only"> invoice {invoice.number}</span>
                </TextLink>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
