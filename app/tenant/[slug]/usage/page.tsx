import { Gauge } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { getCurrentUsage } from '@/lib/domains/usage';
import { QueryProvider } from '@/lib/client/query-provider';
import { allows } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { pageCtx } from '@/lib/transport/page-ctx';
import { UsageBoard } from './_components/usage-board';

export const metadata: Metadata = { title: 'Usage' };

export default async function UsagePage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, member } = await pageCtx((await params).slug);
  if (!allows(ctx.actor, 'usage:read')) {
    return (
      <EmptyState icon={<Gauge />} title="Usage is for those who may see it">
        Your role doesn’t include usage. Ask an owner or admin of this organisation.
      </EmptyState>
    );
  }
  const now = ctx.clock.now().toISOString();
  const current = await getCurrentUsage(ctx);
  return (
    <>
      <PageHeader
        title="Usage"
        description="What the organisation has used this month (UTC), and how long the rest lasts at this pace. The counters move as calls are made."
      />
      <QueryProvider>
        <UsageBoard
          tenant={member.slug}
          tenantId={publicId('tenant', ctx.tenantId)}
          current={current}
          now={now}
        />
      </QueryProvider>
    </>
  );
}
