import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { strategyPresets } from '@/lib/domains/trading/strategies';
import { pageCtx } from '@/lib/transport/page-ctx';
import { PresetPicker } from '../_components/preset-picker';
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
        description="Begin with a preset; every figure and rule of it can be changed."
        crumbs={[{ label: 'Strategies', href: `${base}/strategies` }, { label: 'New strategy' }]}
      />
      <PresetPicker presets={strategyPresets} chosen={preset.id} here={here} />
      <StrategyEditor key={preset.id} name={preset.title} definition={{ ...preset.definition }} />
    </>
  );
}
