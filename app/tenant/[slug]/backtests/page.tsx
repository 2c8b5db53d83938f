import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { BacktestTable } from '@/components/trading/backtest-table';
import { QuotaNotice } from '@/components/trading/quota-notice';
import { LinkButton } from '@/components/ui/link-button';
import { getBacktestQuota, listBacktests } from '@/lib/domains/trading/backtests';
import { listBacktestsQuery } from '@/lib/domains/trading/backtests/schemas';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';

export const metadata: Metadata = { title: 'Back-tests' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BacktestsPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
  const { q, status } = await searchParams;
  const wanted = listBacktestsQuery.safeParse({
    ...(typeof q === 'string' && q !== '' ? { search: q } : {}),
    ...(typeof status === 'string' ? { status } : {}),
  });
  const query = wanted.success ? wanted.data : listBacktestsQuery.parse({});
  const [page, quota] = await Promise.all([listBacktests(ctx, query), getBacktestQuota(ctx)]);
  const mayStart = allows(ctx.actor, 'backtests:write');
  return (
    <>
      <PageHeader
        title="Back-tests"
        description="What strategies would have done on past bars, costs included. The past is no promise."
        action={
          mayStart ? (
            <LinkButton href={`${base}/backtests/new`} icon={<Plus />}>
              New back-test
            </LinkButton>
          ) : null
        }
      />
      <div className="grid gap-5">
        <QuotaNotice quota={quota} />
        <BacktestTable rows={page.data} nextCursor={page.next_cursor} mayStart={mayStart} />
      </div>
    </>
  );
}
