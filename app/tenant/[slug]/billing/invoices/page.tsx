import { ReceiptText } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { Card } from '@/components/ui/card';
import { listInvoices, listQuery } from '@/lib/domains/billing';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { InvoiceTable } from '../_components/invoice-table';
import { MayReadBilling } from '../_components/may-read-billing';
import { OlderPage } from '../_components/older-page';

export const metadata: Metadata = { title: 'Invoices' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InvoicesPage({ params, searchParams }: Props) {
  const { ctx, base } = await heldPageCtx((await params).slug);
  const { cursor } = await searchParams;
  return (
    <>
      <PageHeader
        title="Invoices"
        description="All of them, newest first. None is ever changed; corrections are documents of their own."
        crumbs={[{ label: 'Billing', href: `${base}/billing` }, { label: 'Invoices' }]}
      />
      <MayReadBilling ctx={ctx}>
        {async () => {
          const query = listQuery.parse({
            limit: 50,
            ...(typeof cursor === 'string' ? { cursor } : {}),
          });
          const page = await listInvoices(ctx, query);
          return (
            <Card>
              {page.data.length === 0 ? (
                <EmptyState bare icon={<ReceiptText />} title="No invoices yet">
                  The first one is written when a plan is started. It stays here for good.
                </EmptyState>
              ) : (
                <InvoiceTable invoices={page.data} base={base} />
              )}
              <OlderPage
                what="invoices"
                path={`${base}/billing/invoices`}
                cursor={page.next_cursor}
              />
            </Card>
          );
        }}
      </MayReadBilling>
    </>
  );
}
