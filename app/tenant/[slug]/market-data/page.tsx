import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { listInstruments } from '@/lib/domains/trading/market-data';
import { listInstrumentsQuery } from '@/lib/domains/trading/market-data/schemas';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { AddInstrument } from './_components/add-instrument';
import { InstrumentTable } from './_components/instrument-table';

export const metadata: Metadata = { title: 'Market data' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MarketDataPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
  const { q } = await searchParams;
  const search = typeof q === 'string' && q !== '' ? { search: q.slice(0, 100) } : {};
  const page = await listInstruments(ctx, listInstrumentsQuery.parse(search));
  const mayWrite = allows(ctx.actor, 'market_data:write');
  return (
    <>
      <PageHeader
        title="Market data"
        description="Price bars that strategies are tested on: your own uploads, and daily bars of the S&P 500 to start with."
        action={mayWrite ? <AddInstrument /> : null}
      />
      <InstrumentTable rows={page.data} nextCursor={page.next_cursor} base={base} />
    </>
  );
}
