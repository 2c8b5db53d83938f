import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminQuoteQuery, listAllQuotes } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { QuoteTable } from './_components/quote-table';

export const metadata: Metadata = { title: 'Quotes' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function QuotesPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const page = await listAllQuotes(ctx, listQueryOf(adminQuoteQuery, await searchParams));
  return (
    <>
      <PageHeader
        title="Quotes"
        description="Prices by agreement, from the question to the answer. To begin one that nobody asked for, open the tenant."
      />
      <QuoteTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
