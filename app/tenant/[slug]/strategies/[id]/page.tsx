import { FlaskConical } from 'lucide-react';
import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { BacktestTable } from '@/components/trading/backtest-table';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/link-button';
import { listBacktests } from '@/lib/domains/trading/backtests';
import { listBacktestsQuery } from '@/lib/domains/trading/backtests/schemas';
import { getStrategy, listVersions } from '@/lib/domains/trading/strategies';
import { allows } from '@/lib/kernel/ctx';
import { foundOrNotFound } from '@/lib/transport/found';
import { pageCtx } from '@/lib/transport/page-ctx';
import { ArchiveButton } from '../_components/archive-button';
import { StrategyEditor } from '../_components/strategy-editor';
import { VersionList } from '../_components/version-list';

export const metadata: Metadata = { title: 'Strategy' };

type Props = {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StrategyPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const { ctx, base } = await pageCtx(slug);
  const strategy = await foundOrNotFound(getStrategy(ctx, id));
  const mayRuns = allows(ctx.actor, 'backtests:read');
  const [versions, runs] = await Promise.all([
    listVersions(ctx, id, { limit: 100 }),
    mayRuns ? listBacktests(ctx, listBacktestsQuery.parse({ strategy_id: id, limit: 10 })) : null,
  ]);
  const wanted = Number((await searchParams).version ?? strategy.version);
  const shown = versions.data.find(({ version }) => version === wanted) ?? strategy;
  const mayWrite = allows(ctx.actor, 'strategies:write');
  const mayStart = allows(ctx.actor, 'backtests:write');
  return (
    <>
      <PageHeader
        title={strategy.name}
        badge={
          <>
            <Badge tone="accent">Version {shown.version}</Badge>
            {strategy.archived_at ? <Badge>Archived</Badge> : null}
          </>
        }
        crumbs={[{ label: 'Strategies', href: `${base}/strategies` }, { label: strategy.name }]}
        action={
          mayStart && !strategy.archived_at ? (
            <LinkButton
              href={`${base}/backtests/new?strategy=${strategy.id}`}
              icon={<FlaskConical />}
            >
              Back-test
            </LinkButton>
          ) : null
        }
        secondary={mayWrite ? <ArchiveButton strategy={strategy} /> : null}
      />
      <div className="grid gap-8">
        <StrategyEditor
          key={`${shown.version} of ${strategy.version}`}
          id={strategy.id}
          version={strategy.version}
          name={strategy.name}
          definition={shown.definition}
          readOnly={!mayWrite || strategy.archived_at !== null}
        />
        <VersionList
          versions={versions.data}
          shown={shown.version}
          href={`${base}/strategies/${strategy.id}`}
        />
        {runs && runs.data.length > 0 ? (
          <section aria-label="Back-tests of this strategy" className="grid gap-2">
            <h2 className="text-base">Latest back-tests</h2>
            <BacktestTable rows={runs.data} nextCursor={null} mayStart={mayStart} plain />
          </section>
        ) : null}
      </div>
    </>
  );
}
