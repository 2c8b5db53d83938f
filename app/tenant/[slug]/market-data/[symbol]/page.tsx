import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Badge } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { LinkTabs } from '@/components/ui/tabs';
import { getInstrument, listBars } from '@/lib/domains/trading/market-data';
import {
  type InstrumentDto,
  listBarsQuery,
  timeframeSchema,
} from '@/lib/domains/trading/market-data/schemas';
import { allows } from '@/lib/kernel/ctx';
import { foundOrNotFound } from '@/lib/transport/found';
import { pageCtx } from '@/lib/transport/page-ctx';
import { CHART_BARS } from '@/components/trading/bars-for-chart';
import { DeleteInstrument } from '../_components/delete-instrument';
import { EditInstrument } from '../_components/edit-instrument';
import { InstrumentFacts } from '../_components/instrument-fields';
import { SeriesChart } from '../_components/series-chart';
import { UploadBars } from '../_components/upload-bars';

type Props = {
  params: Promise<{ slug: string; symbol: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).symbol) };
}

export default async function InstrumentPage({ params, searchParams }: Props) {
  const { slug, symbol } = await params;
  const { ctx, base } = await pageCtx(slug);
  const instrument = await foundOrNotFound(getInstrument(ctx, decodeURIComponent(symbol)));
  const timeframe = chosenTimeframe(instrument, (await searchParams).timeframe);
  const query = listBarsQuery.parse({ timeframe, newest: 'true', limit: CHART_BARS });
  const bars = timeframe ? (await listBars(ctx, instrument.symbol, query)).data : [];
  const mayWrite = allows(ctx.actor, 'market_data:write') && !instrument.read_only;
  const here = `${base}/market-data/${encodeURIComponent(instrument.symbol)}`;
  const test = new URLSearchParams({ symbol: `${instrument.symbol} ${timeframe}` });
  return (
    <>
      <PageHeader
        title={instrument.symbol}
        description={describe(instrument)}
        badge={instrument.read_only ? <Badge tone="info">Bundled, read-only</Badge> : null}
        crumbs={[
          { label: 'Market data', href: `${base}/market-data` },
          { label: instrument.symbol },
        ]}
        action={
          timeframe ? (
            <LinkButton href={`${base}/backtests/new?${test}`}>Back-test on these bars</LinkButton>
          ) : null
        }
        secondary={mayWrite ? <DeleteInstrument symbol={instrument.symbol} /> : null}
        tabs={
          instrument.series.length > 1 ? (
            <LinkTabs
              label="Timeframes"
              current={`${here}?timeframe=${timeframe}`}
              items={instrument.series.map((series) => ({
                label: series.timeframe,
                href: `${here}?timeframe=${series.timeframe}`,
              }))}
            />
          ) : null
        }
      />
      <div className="grid gap-6">
        {timeframe ? (
          <SeriesChart key={timeframe} instrument={instrument} timeframe={timeframe} bars={bars} />
        ) : null}
        {mayWrite ? <UploadBars symbol={instrument.symbol} timeframe={timeframe ?? '1d'} /> : null}
        <Card className={mayWrite ? 'max-w-form' : ''}>
          <CardHeader title="Details" />
          <CardBody>
            {mayWrite ? (
              <EditInstrument instrument={instrument} />
            ) : (
              <InstrumentFacts instrument={instrument} />
            )}
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function describe({ name, symbol, currency }: InstrumentDto): string {
  return name === symbol ? `Quoted in ${currency}` : `${name} · quoted in ${currency}`;
}

/** The timeframe that the address names, as far as there are bars of it; else the first that has some. */
function chosenTimeframe(instrument: InstrumentDto, wanted: string | string[] | undefined) {
  const parsed = timeframeSchema.safeParse(wanted);
  const has = instrument.series.map((series) => series.timeframe);
  return parsed.success && has.includes(parsed.data) ? parsed.data : has[0];
}
