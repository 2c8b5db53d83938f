import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { Status, type Tone } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
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

const states: Record<InvoiceDto['status'], { tone: Tone; word: string }> = {
  open: { tone: 'warning', word: 'To be paid' },
  paid: { tone: 'positive', word: 'Paid' },
  uncollectible: { tone: 'negative', word: 'Not collected' },
  void: { tone: 'neutral', word: 'Void' },
};

function What({ invoice }: { invoice: InvoiceDto }) {
  const [first, ...rest] = invoice.lines;
  return (
    <>
      {first?.description ?? 'No lines'}
      {rest.length > 0 ? <span className="text-muted"> and {rest.length} more</span> : null}
    </>
  );
}

/** Invoices, newest first, each with its page at the provider. */
export function InvoiceList({
  invoices,
  more,
}: {
  invoices: readonly InvoiceDto[];
  more: boolean;
}) {
  return (
    <Card>
      <CardHeader title="Invoices" {...(more ? { description: 'The latest of them.' } : {})} />
      {invoices.length === 0 ? (
        <EmptyState bare icon={<ReceiptText />} title="No invoices yet">
          The first one is written when a plan is started. It stays here for good.
        </EmptyState>
      ) : (
        <Table label="Invoices">
          <TableHead>
            <TableRow>
              <TableHeader>Number</TableHeader>
              <TableHeader>Date</TableHeader>
              <TableHeader>For</TableHeader>
              <TableHeader>Status</TableHeader>
              <TableHeader figures>Total</TableHeader>
              <TableHeader>
                <span className="sr-only">Document</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {invoices.map((invoice) => (
              <TableRow key={invoice.id}>
                <TableCell className="figures whitespace-nowrap text-strong">
                  {invoice.number ?? '–'}
                </TableCell>
                <TableCell>
                  <DateTime value={invoice.issued_at} style="date" />
                </TableCell>
                <TableCell>
                  <What invoice={invoice} />
                </TableCell>
                <TableCell>
                  <Status tone={states[invoice.status].tone}>{states[invoice.status].word}</Status>
                </TableCell>
                <TableCell figures>
                  <Money value={invoice.total} />
                </TableCell>
                <TableCell className="text-right">
                  {invoice.hosted_url ? (
                    <a
                      href={invoice.hosted_url}
                      className="font-medium text-accent-text underline-offset-4 hover:underline"
                    >
                      {invoice.status === 'open' ? 'Pay' : 'View'}
                      <span className="sr-only"> invoice {invoice.number}</span>
                    </a>
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
