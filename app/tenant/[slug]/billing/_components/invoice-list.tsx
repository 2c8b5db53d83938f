import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { Card, CardHeader } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import type { InvoiceDto } from '@/lib/domains/billing';
import { InvoiceTable } from './invoice-table';

/** The latest invoices. */
export function InvoiceList({
  invoices,
  more,
  base,
}: {
  invoices: readonly InvoiceDto[];
  more: boolean;
  base: string;
}) {
  return (
    <Card>
      <CardHeader
        title="Invoices"
        actions={
          more ? (
            <LinkButton variant="secondary" size="sm" href={`${base}/billing/invoices`}>
              Show all
            </LinkButton>
          ) : null
        }
      />
      {invoices.length === 0 ? (
        <EmptyState bare icon={<ReceiptText />} title="No invoices yet">
          The first one is written when a plan is started. It stays here for good.
        </EmptyState>
      ) : (
        <InvoiceTable invoices={invoices} base={base} />
      )}
    </Card>
  );
}
