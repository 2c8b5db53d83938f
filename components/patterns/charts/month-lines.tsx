'use client';

import { cn } from '../../ui/class-names';
import { MonthChart, type MonthChartProps } from './month-chart';
import { bandPath, linePath, scaleOf } from './month-scale';

export interface MonthLine {
  label: string;
  /** `text-…`, the line's colour. */
  colour: string;
  /** A value for each month; null where it is undefined. */
  values: readonly (number | null)[];
  dashed?: boolean;
}

export interface MonthLinesProps extends MonthChartProps {
  lines: readonly MonthLine[];
  /** What a line is expected within. */
  band?: { label: string; low: readonly (number | null)[]; high: readonly (number | null)[] };
  /** Lets the scale begin where the values do. */
  anyGround?: boolean;
}

const numbers = (values: readonly (number | null)[]) =>
  values.filter((value): value is number => value !== null);

/** Figures month by month as lines, with a band where they are only expected. Arrows walk from month to month. */
export function MonthLines({ lines, band, anyGround, ...chart }: MonthLinesProps) {
  const columns = [
    ...lines.map(({ label, values }) => ({ label, values })),
    ...(band
      ? [
          { label: `${band.label}, from`, values: band.low },
          { label: `${band.label}, to`, values: band.high },
        ]
      : []),
  ];
  const scale = scaleOf(
    columns.flatMap(({ values }) => numbers(values)),
    !anyGround,
  );
  return (
    <MonthChart
      {...chart}
      columns={columns}
      scale={scale}
      itemsOf={(month, write) => readoutOf({ lines, ...(band ? { band } : {}) }, month, write)}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="size-full overflow-visible"
      >
        {band ? (
          <path d={bandPath(band.low, band.high, scale)} className="fill-chart-1" opacity="0.16" />
        ) : null}
        {lines.map((line) => (
          <path
            key={line.label}
            d={linePath(line.values, scale)}
            className={cn('fill-none stroke-current', line.colour)}
            strokeWidth="1.75"
            strokeDasharray={line.dashed ? '5 4' : undefined}
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </MonthChart>
  );
}

/** What is known of a month: no line is named where it has no value, unless none has. */
function readoutOf(
  { lines, band }: Pick<MonthLinesProps, 'lines' | 'band'>,
  shown: number,
  write: (value: number | null) => string,
) {
  const known = lines.filter(({ values }) => (values[shown] ?? null) !== null);
  const items = (known.length > 0 ? known : lines).map(({ label, colour, values, dashed }) => ({
    label,
    value: write(values[shown] ?? null),
    swatch: colour,
    ...(dashed ? { dashed } : {}),
  }));
  const [low = null, high = null] = [band?.low[shown], band?.high[shown]];
  return band && low !== null && high !== null && high > low
    ? [...items, { label: band.label, value: `${write(low)} – ${write(high)}`, swatch: '' }]
    : items;
}
