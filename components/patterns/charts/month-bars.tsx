'use client';

import { type ReactNode, useState } from 'react';
import { cn } from '../../ui/class-names';
import { ChartFrame, ChartReadout } from './chart-frame';
import { MonthPlot } from './month-plot';
import { fromTop, type Scale, scaleOf } from './month-scale';
import { type ChartUnit, useMonthWords } from './use-month-words';

/** One part of each month: `text-…` names its colour, of which the bars are made. */
export interface MonthPart {
  label: string;
  colour: string;
  /** A value for each month; below 0 it hangs under the ground line. */
  values: readonly number[];
}

export interface MonthBarsProps {
  title: string;
  note?: ReactNode;
  /** "2026-11", oldest first, without gaps. */
  months: readonly string[];
  parts: readonly MonthPart[];
  unit: ChartUnit;
  /** `stacked`: parts of one whole; `side`: measures to compare. */
  layout: 'stacked' | 'side';
  fileName: string;
  height?: number;
  controls?: ReactNode;
}

/** Parts of each month as bars, gains above the line and losses below it. Arrows walk from month to month. */
export function MonthBars(props: MonthBarsProps) {
  const { title, months, parts, layout, height = 220 } = props;
  const words = useMonthWords(props.unit);
  const [active, setActive] = useState<number | null>(null);
  const shown = active ?? months.length - 1;
  const scale = scaleOf(reachOf(months, parts, layout), true);
  const items = parts.map(({ label, colour, values }) => ({
    label,
    value: words.write(values[shown] ?? 0),
    swatch: colour,
  }));
  const at = words.month(months[shown] ?? '');
  return (
    <ChartFrame
      title={title}
      note={props.note}
      controls={props.controls}
      fileName={props.fileName}
      table={() => ({
        header: ['month', ...parts.map(({ label }) => label)],
        length: months.length,
        rows: (row) => [months[row] ?? null, ...parts.map(({ values }) => values[row] ?? null)],
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
        <div aria-hidden="true" className="flex h-full">
          {months.map((month, index) => (
            <div key={month} className="relative h-full flex-1">
              {boxesOf(parts, index, layout, scale).map((box) => (
                <span
                  key={box.label}
                  className={cn('absolute bg-current', box.colour)}
                  style={box.style}
                />
              ))}
            </div>
          ))}
        </div>
      </MonthPlot>
    </ChartFrame>
  );
}

/** Where bars end: of a stack, the sums above and below the line. */
function reachOf(
  months: readonly string[],
  parts: readonly MonthPart[],
  layout: MonthBarsProps['layout'],
): number[] {
  if (layout === 'side') return parts.flatMap(({ values }) => values);
  return months.flatMap((_, at) => {
    const values = parts.map((part) => part.values[at] ?? 0);
    const sum = (some: readonly number[]) => some.reduce((total, value) => total + value, 0);
    return [sum(values.filter((value) => value > 0)), sum(values.filter((value) => value < 0))];
  });
}

function boxesOf(
  parts: readonly MonthPart[],
  at: number,
  layout: MonthBarsProps['layout'],
  scale: Scale,
) {
  const width = layout === 'side' ? 80 / parts.length : 64;
  let above = 0;
  let below = 0;
  return parts.map(({ label, colour, values }, place) => {
    const value = values[at] ?? 0;
    const from = layout === 'side' ? 0 : value > 0 ? above : below;
    if (value > 0) above += value;
    else below += value;
    const top = fromTop(Math.max(from, from + value), scale);
    return {
      label,
      colour,
      style: {
        left: `${layout === 'side' ? 10 + place * width : 18}%`,
        width: `${width}%`,
        top: `${top}%`,
        height: `${fromTop(Math.min(from, from + value), scale) - top}%`,
        minHeight: value === 0 ? 0 : 1,
      },
    };
  });
}
