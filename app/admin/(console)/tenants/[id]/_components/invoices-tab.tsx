import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { Status } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { listInvoices } from '@/lib/domains/billing';
import type { Ctx } from '@/lib/kernel/ctx';
import { invoiceStatusWords } from '../../../../_components/status-words';

/** Its latest hundred invoices. */
export async function InvoicesTab({ inside }: { inside: Ctx }) {
  const { data: invoices } = await listInvoices(inside, { limit: 100 });
  if (invoices.length === 0) {
    return (
      <EmptyState icon={<ReceiptText />} title="No invoices yet">
        The first one is written when the tenant starts a plan.
      </EmptyState>
    );
  }
  return (
    <Card>
      <Table label="Invoices">
        <TableHead>
          <TableRow>
            <TableHeader>Number</TableHeader>
            <TableHeader>Date</TableHeader>
            <TableHeader>Status</TableHeader>
            <TableHeader figures>Total</TableHeader>
            <TableHeader figures>Due</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {invoices.map((invoice) => (
            <TableRow key={invoice.id}>
              <TableCell className="figures whitespace-nowrap text-strong">
                {invoice.number ?? invoice.id}
              </TableCell>
              <TableCell>
                <DateTime value={invoice.issued_at} style="date" />
              </TableCell>
              <TableCell>
                <Status tone={invoiceStatusWords[invoice.status].tone}>
                  {invoiceStatusWords[invoice.status].word}
                </Status>
              </TableCell>
              <TableCell figures>
                <Money value={invoice.total} />
              </TableCell>
              <TableCell figures>
                <Money value={invoice.amount_due} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
