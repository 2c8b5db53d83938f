import { FileSignature } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { Card } from '@/components/ui/card';
import { listQuery, listQuotes } from '@/lib/domains/billing';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { MayReadBilling } from '../_components/may-read-billing';
import { OlderPage } from '../_components/older-page';
import { QuoteTable } from './_components/quote-table';

export const metadata: Metadata = { title: 'Quotes' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function QuotesPage({ params, searchParams }: Props) {
  const { ctx, base } = await heldPageCtx((await params).slug);
  const { cursor } = await searchParams;
  return (
    <>
      <PageHeader
        title="Quotes"
        description="What you asked for and were offered, newest first."
        crumbs={[{ label: 'Billing', href: `${base}/billing` }, { label: 'Quotes' }]}
      />
      <MayReadBilling ctx={ctx}>
        {async () => {
          const query = listQuery.parse({
            limit: 50,
            ...(typeof cursor === 'string' ? { cursor } : {}),
          });
          const { data, next_cursor } = await listQuotes(ctx, query);
          return (
            <Card>
              {data.length === 0 ? (
                <EmptyState bare icon={<FileSignature />} title="No quotes yet">
                  Ask for one where plans are compared on the billing page.
                </EmptyState>
              ) : (
                <QuoteTable quotes={data} base={base} />
              )}
              <OlderPage what="quotes" path={`${base}/billing/quotes`} cursor={next_cursor} />
            </Card>
          );
        }}
      </MayReadBilling>
    </>
  );
}
