'use client';

import { type ReactNode, useState } from 'react';
import { cn } from '../../ui/class-names';
import { ChartFrame, ChartReadout } from './chart-frame';
import { MonthPlot } from './month-plot';
import { bandPath, linePath, scaleOf } from './month-scale';
import { type ChartUnit, useMonthWords } from './use-month-words';

export interface MonthLine {
  label: string;
  /** `text-…`, the line's colour. */
  colour: string;
  /** A value for each month; null where it is undefined. */
  values: readonly (number | null)[];
  dashed?: boolean;
}

export interface MonthLinesProps {
  title: string;
  note?: ReactNode;
  /** "2026-11", oldest first, without gaps. */
  months: readonly string[];
  lines: readonly MonthLine[];
  /** What a line is expected within. */
  band?: { label: string; low: readonly (number | null)[]; high: readonly (number | null)[] };
  unit: ChartUnit;
  /** Lets the scale begin where the values do. */
  anyGround?: boolean;
  fileName: string;
  height?: number;
}

const numbers = (values: readonly (number | null)[]) =>
  values.filter((value): value is number => value !== null);

/** Figures month by month as lines, with a band where they are only expected. Arrows walk from month to month. */
export function MonthLines(props: MonthLinesProps) {
  const { title, months, lines, band, height = 220 } = props;
  const words = useMonthWords(props.unit);
  const [active, setActive] = useState<number | null>(null);
  const shown = active ?? months.length - 1;
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
    !props.anyGround,
  );
  const items = readoutOf(props, shown, words.write);
  const at = words.month(months[shown] ?? '');
  return (
    <ChartFrame
      title={title}
      note={props.note}
      fileName={props.fileName}
      table={() => ({
        header: ['month', ...columns.map(({ label }) => label)],
        length: months.length,
        rows: (row) => [months[row] ?? null, ...columns.map(({ values }) => values[row] ?? null)],
      })}
      readout={<ChartReadout at={at} items={items} />}
    >
      <MonthPlot
        title={`${title}, chart`}
        labels={months.map(words.month)}
        scale={scale}
        writeTick={words.writeTick}
        active={active}
        onActive={setActive}
        says={`${at}: ${items.map(({ label, value }) => `${label} ${value}`).join(', ')}`}
        height={height}
      >
        <svg
          aria-hidden="true"
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="size-full overflow-visible"
        >
          {band ? (
            <path
              d={bandPath(band.low, band.high, scale)}
              className="fill-chart-1"
              opacity="0.16"
            />
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
      </MonthPlot>
    </ChartFrame>
  );
}

/** What is known of a month: no line is named where it has no value, unless none has. */
function readoutOf(
  { lines, band }: MonthLinesProps,
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
