'use client';

import { cn } from '../../ui/class-names';
import { MonthChart, type MonthChartProps } from './month-chart';
import { fromTop, type Scale, scaleOf } from './month-scale';

/** One part of each month: `text-…` names its colour, of which the bars are made. */
export interface MonthPart {
  label: string;
  colour: string;
  /** A value for each month; below 0 it hangs under the ground line. */
  values: readonly number[];
}

export interface MonthBarsProps extends MonthChartProps {
  parts: readonly MonthPart[];
  /** `stacked`: parts of one whole; `side`: measures to compare. */
  layout: 'stacked' | 'side';
}

/** Parts of each month as bars, gains above the line and losses below it. Arrows walk from month to month. */
export function MonthBars({ parts, layout, ...chart }: MonthBarsProps) {
  const { months } = chart;
  const scale = scaleOf(reachOf(months, parts, layout), true);
  return (
    <MonthChart
      {...chart}
      columns={parts}
      scale={scale}
      itemsOf={(month, write) =>
        parts.map(({ label, colour, values }) => ({
          label,
          value: write(values[month] ?? 0),
          swatch: colour,
        }))
      }
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
    </MonthChart>
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
