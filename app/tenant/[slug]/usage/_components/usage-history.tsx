'use client';

import { useState } from 'react';
import { UsageChart } from '@/components/patterns/charts/usage-chart';
import { ErrorState } from '@/components/patterns/error-state';
import { SegmentedControl } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import type { CurrentUsageRow } from '@/lib/domains/usage/schemas';
import { type SeriesQuery, useUsageSeries } from '@/lib/client/use-usage-series';
import { meterWords } from '@/components/usage/meter-words';

const HOUR_MS = 3_600_000;

const ranges = {
  day: { label: '24 hours', granularity: 'hour', ms: 23 * HOUR_MS },
  month: { label: '30 days', granularity: 'day', ms: 29 * 24 * HOUR_MS },
  year: { label: '12 months', granularity: 'month', ms: 335 * 24 * HOUR_MS },
} as const;
type Range = keyof typeof ranges;

const options = (Object.keys(ranges) as Range[]).map((value) => ({
  value,
  label: ranges[value].label,
}));

/** The start of the range's first hour, so that the same picture has the same name in the cache. */
function startOf(now: string, range: Range): string {
  const at = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS;
  return new Date(at - ranges[range].ms).toISOString();
}

type Props = { tenant: string; tenantId: string; rows: CurrentUsageRow[]; now: string };

/** The course of one meter, by hour, day or month. */
export function UsageHistory({ tenant, tenantId, rows, now }: Props) {
  const [meter, setMeter] = useState('api_calls');
  const [range, setRange] = useState<Range>('month');
  const { granularity } = ranges[range];
  const query: SeriesQuery = { meter, from: startOf(now, range), granularity };
  const series = useUsageSeries(tenant, tenantId, query);
  const row = rows.find((one) => one.meter === meter);
  const { label, unit } = meterWords(row ?? { meter, unit: '' });
  return (
    <section aria-label="Course" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="w-64 max-w-full">
          <Select
            aria-label="Meter"
            value={meter}
            onChange={(event) => setMeter(event.target.value)}
            options={rows.map((one) => ({ value: one.meter, label: meterWords(one).label }))}
          />
        </div>
        <SegmentedControl legend="Range" options={options} value={range} onChange={setRange} />
      </div>
      {series.isError && !series.data ? (
        <ErrorState title="The course could not be loaded" onRetry={() => void series.refetch()}>
          {series.error.message}
        </ErrorState>
      ) : series.data ? (
        <UsageChart
          title={label.replace(' this month', '')}
          granularity={granularity}
          unit={unit}
          bars={series.data.data.map(({ start, value }) => ({ start, value: value ?? 0 }))}
          note="Days and months are those of UTC."
          fileName={`usage-${meter}-${granularity}`}
        />
      ) : (
        <Skeleton className="h-72 rounded-lg" />
      )}
    </section>
  );
}
