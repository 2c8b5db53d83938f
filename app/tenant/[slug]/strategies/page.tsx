import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { LinkButton } from '@/components/ui/link-button';
import { listStrategies } from '@/lib/domains/trading/strategies';
import { listStrategiesQuery } from '@/lib/domains/trading/strategies/schemas';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { StrategyTable } from './_components/strategy-table';

export const metadata: Metadata = { title: 'Strategies' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StrategiesPage({ params, searchParams }: Props) {
  const { ctx, base } = await pageCtx((await params).slug);
  const { q, archived } = await searchParams;
  const wanted = listStrategiesQuery.safeParse({
    ...(typeof q === 'string' && q !== '' ? { search: q } : {}),
    ...(typeof archived === 'string' ? { archived } : {}),
  });
  const query = wanted.success ? wanted.data : listStrategiesQuery.parse({});
  const page = await listStrategies(ctx, query);
  const mayWrite = allows(ctx.actor, 'strategies:write');
  return (
    <>
      <PageHeader
        title="Strategies"
        description="Rules for when to buy and sell. Every change is kept as a version."
        action={
          mayWrite ? (
            <LinkButton href={`${base}/strategies/new`} icon={<Plus />}>
              New strategy
            </LinkButton>
          ) : null
        }
      />
      <StrategyTable rows={page.data} nextCursor={page.next_cursor} mayWrite={mayWrite} />
    </>
  );
}
