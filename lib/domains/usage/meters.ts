/** How a meter's events become one number. */
export const aggregations = ['count', 'sum', 'max', 'unique', 'last'] as const;
export type Aggregation = (typeof aggregations)[number];

export type MeterSpec = {
  key: string;
  label: string;
  aggregation: Aggregation;
  unit: string;
  /** Written by the platform alone. */
  readOnly: boolean;
};

const platform = (key: string, label: string, aggregation: Aggregation, unit: string) =>
  ({ key, label, aggregation, unit, readOnly: true }) as const;

/** The meters every tenant has. */
export const builtInMeters: readonly MeterSpec[] = [
  platform('api_calls', 'API calls', 'count', 'call'),
  platform('backtests', 'Back-tests', 'count', 'back-test'),
  platform('storage_bytes', 'Storage', 'last', 'byte'),
  platform('exports', 'Exports', 'count', 'export'),
  platform('compute_seconds', 'Compute time', 'sum', 'second'),
  platform('bandwidth_bytes', 'Bandwidth', 'sum', 'byte'),
  platform('feature_access', 'Features used', 'count', 'feature'),
  platform('user_sessions', 'Sessions', 'count', 'session'),
  {
    key: 'custom_events',
    label: 'Custom events',
    aggregation: 'sum',
    unit: 'event',
    readOnly: false,
  },
];

/** Meters that are counted in the transaction of the act. */
export type CountedMeter = 'backtests' | 'exports';

/** Meters to which amounts are added in the transaction of what they measure. */
export type SummedMeter = 'compute_seconds';

/** Meters that say how much there is, from one month into the next. */
export type StandingMeter = 'storage_bytes';

export function findBuiltInMeter(key: string): MeterSpec | null {
  return builtInMeters.find((meter) => meter.key === key) ?? null;
}
