import { ReceiptText } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { Card, CardFooter } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { listInvoices, listQuery } from '@/lib/domains/billing';
import { pageCtx } from '@/lib/transport/page-ctx';
import { InvoiceTable } from '../_components/invoice-table';
import { MayReadBilling } from '../_components/may-read-billing';

export const metadata: Metadata = { title: 'Invoices' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InvoicesPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
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
          const next = page.next_cursor;
          return (
            <Card>
              {page.data.length === 0 ? (
                <EmptyState bare icon={<ReceiptText />} title="No invoices yet">
                  The first one is written when a plan is started. It stays here for good.
                </EmptyState>
              ) : (
                <InvoiceTable invoices={page.data} base={base} />
              )}
              {next ? (
                <CardFooter>
                  <span>Older invoices are on the next page.</span>
                  <LinkButton
                    variant="secondary"
                    size="sm"
                    href={`${base}/billing/invoices?${new URLSearchParams({ cursor: next })}`}
                  >
                    Show older
                  </LinkButton>
                </CardFooter>
              ) : null}
            </Card>
          );
        }}
      </MayReadBilling>
    </>
  );
}
