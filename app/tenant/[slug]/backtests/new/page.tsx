import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { QuotaNotice } from '@/components/trading/quota-notice';
import { LinkButton } from '@/components/ui/link-button';
import { getBacktestQuota } from '@/lib/domains/trading/backtests';
import { listInstruments } from '@/lib/domains/trading/market-data';
import { listInstrumentsQuery } from '@/lib/domains/trading/market-data/schemas';
import { listStrategies } from '@/lib/domains/trading/strategies';
import { listStrategiesQuery } from '@/lib/domains/trading/strategies/schemas';
import { pageCtx } from '@/lib/transport/page-ctx';
import { BacktestForm } from '../_components/backtest-form';

export const metadata: Metadata = { title: 'New back-test' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewBacktestPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
  const chosen = await searchParams;
  const [strategies, instruments, quota] = await Promise.all([
    listStrategies(ctx, listStrategiesQuery.parse({ limit: 100 })),
    listInstruments(ctx, listInstrumentsQuery.parse({ limit: 100 })),
    getBacktestQuota(ctx),
  ]);
  const text = (value: string | string[] | undefined) =>
    typeof value === 'string' ? value : undefined;
  return (
    <>
      <PageHeader
        title="New back-test"
        description="Signals on the close of a bar fill at the open of the next one."
        crumbs={[{ label: 'Back-tests', href: `${base}/backtests` }, { label: 'New back-test' }]}
      />
      <div className="grid max-w-form gap-6">
        <QuotaNotice quota={quota} />
        {strategies.data.length === 0 ? (
          <EmptyState
            title="First a strategy"
            action={<LinkButton href={`${base}/strategies/new`}>Choose a strategy</LinkButton>}
          >
            A back-test needs rules to follow. Start from one of the presets and change what you
            like.
          </EmptyState>
        ) : (
          <BacktestForm
            strategies={strategies.data}
            instruments={instruments.data}
            chosen={{ strategy: text(chosen.strategy), symbol: text(chosen.symbol) }}
            usedUp={quota.limit !== null && quota.used >= quota.limit}
          />
        )}
      </div>
    </>
  );
}
