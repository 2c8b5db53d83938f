import { FileSignature } from 'lucide-react';
import type { Metadata } from 'next';
import { cycleWords } from '@/components/marketing/plan-words';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
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
import { TextLink } from '@/components/ui/text-link';
import { listQuery, listQuotes, type QuoteDto } from '@/lib/domains/billing';
import { pageCtx } from '@/lib/transport/page-ctx';
import { MayReadBilling } from '../_components/may-read-billing';
import { OlderPage } from '../_components/older-page';
import { dayStart, quoteStates } from './_components/quote-words';

export const metadata: Metadata = { title: 'Quotes' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

function QuoteTable({ quotes, base }: { quotes: readonly QuoteDto[]; base: string }) {
  return (
    <Table label="Quotes">
      <TableHead>
        <TableRow>
          <TableHeader>Number</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader figures>Price</TableHeader>
          <TableHeader>Open until</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {quotes.map(({ id, number, status, sent }) => (
          <TableRow key={id}>
            <TableCell className="figures whitespace-nowrap">
              <TextLink href={`${base}/billing/quotes/${id}`}>{number}</TextLink>
            </TableCell>
            <TableCell>
              <Status tone={quoteStates[status].tone}>{quoteStates[status].word}</Status>
            </TableCell>
            <TableCell figures>
              <Money value={sent?.price ?? null} />{' '}
              {sent ? <span className="text-muted">{cycleWords[sent.billing_cycle]}</span> : null}
            </TableCell>
            <TableCell>
              <DateTime value={sent ? dayStart(sent.valid_until) : null} style="date" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export default async function QuotesPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
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
