import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { LinkTabs } from '@/components/ui/tabs';
import { strategyPresets } from '@/lib/domains/trading/strategies';
import { pageCtx } from '@/lib/transport/page-ctx';
import { StrategyEditor } from '../_components/strategy-editor';

export const metadata: Metadata = { title: 'New strategy' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewStrategyPage({ params, searchParams }: Props) {
  const { base } = await pageCtx((await params).slug);
  const { preset: wanted } = await searchParams;
  const preset = strategyPresets.find(({ id }) => id === wanted) ?? strategyPresets[0];
  const here = `${base}/strategies/new`;
  if (!preset) return null;
  return (
    <>
      <PageHeader
        title="New strategy"
        description={preset.description}
        crumbs={[{ label: 'Strategies', href: `${base}/strategies` }, { label: 'New strategy' }]}
        tabs={
          <LinkTabs
            label="Presets"
            current={`${here}?preset=${preset.id}`}
            items={strategyPresets.map(({ id, title }) => ({
              label: title,
              href: `${here}?preset=${id}`,
            }))}
          />
        }
      />
      <StrategyEditor key={preset.id} name={preset.title} definition={{ ...preset.definition }} />
    </>
  );
}
