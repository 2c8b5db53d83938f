import { FlaskConical } from 'lucide-react';
import type { Metadata } from 'next';
import { Checklist } from '@/components/patterns/checklist';
import { PageHeader } from '@/components/patterns/page-header';
import { LinkButton } from '@/components/ui/link-button';
import { listBacktests } from '@/lib/domains/trading/backtests';
import { listStrategies } from '@/lib/domains/trading/strategies';
import { getCurrentUsage } from '@/lib/domains/usage';
import { allows } from '@/lib/kernel/ctx';
import { type PageCtx, pageCtx } from '@/lib/transport/page-ctx';
import { firstSteps } from './_overview/first-steps';
import { Quotas } from './_overview/quotas';
import { RecentRuns } from './_overview/recent-runs';

export const metadata: Metadata = { title: 'Overview' };

const RECENT = 5;

/** What the overview shows, as far as the person may see it. */
async function readOverview({ ctx }: PageCtx) {
  const [runs, strategies, usage] = await Promise.all([
    allows(ctx.actor, 'backtests:read') ? listBacktests(ctx, { limit: RECENT }) : null,
    allows(ctx.actor, 'strategies:read')
      ? listStrategies(ctx, { limit: 1, archived: 'false' })
      : null,
    allows(ctx.actor, 'usage:read') ? getCurrentUsage(ctx) : null,
  ]);
  return { runs: runs?.data ?? null, strategies: strategies?.data ?? null, usage };
}

export default async function OverviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const page = await pageCtx((await params).slug);
  const { base, person } = page;
  const { runs, strategies, usage } = await readOverview(page);
  const calls = usage?.find(({ meter }) => meter === 'api_calls');
  const steps = firstSteps(base, {
    verified: person.emailVerified,
    strategy: (strategies?.length ?? 0) > 0,
    backtest: runs?.some(({ status }) => status === 'succeeded') ?? false,
    apiCall: (calls?.used ?? 0) > 0,
  });
  const mayRun = allows(page.ctx.actor, 'backtests:write');
  const open = mayRun && steps.some(({ done }) => !done);
  return (
    <>
      <PageHeader
        title="Overview"
        action={
          mayRun ? (
            <LinkButton href={`${base}/backtests/new`} icon={<FlaskConical />}>
              New back-test
            </LinkButton>
          ) : null
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="grid gap-6">
          {open ? <Checklist steps={steps} /> : null}
          {/* While there is none, the steps lead to the first. */}
          {runs && (runs.length > 0 || !open) ? (
            <RecentRuns runs={runs} base={base} mayRun={mayRun} />
          ) : null}
        </div>
        {usage ? <Quotas usage={usage} /> : null}
      </div>
    </>
  );
}
