'use client';

import { useId, useState } from 'react';
import { cn } from '../../ui/class-names';
import { formatBytes, formatQuantity, formatTime } from '../../ui/figure-format';
import { useReader } from '../../ui/use-reader';
import { ChartFrame, ChartReadout } from './chart-frame';
import { niceStep } from './month-scale';
import { walkProps } from './walk-props';

export interface UsageBar {
  /** Start of the hour, day or month; ISO 8601 UTC. */
  start: string;
  value: number;
}

export interface UsageChartProps {
  title: string;
  /** Gap-free, oldest first. */
  bars: readonly UsageBar[];
  granularity: 'hour' | 'day' | 'month';
  /** "calls"; `bytes` picks kB, MB, GB. */
  unit: string;
  note?: string;
  fileName?: string;
  height?: number;
  className?: string;
}

/** Amounts by hour, day or month as bars. Arrows walk from bar to bar. */
export function UsageChart(props: UsageChartProps) {
  const { title, bars, granularity, unit, note, fileName = 'usage', height = 180 } = props;
  const reader = useReader();
  const id = useId();
  const [active, setActive] = useState<number | null>(null);
  const most = Math.max(0, ...bars.map((bar) => bar.value));
  const top = most > 0 ? niceStep(most) : 0;
  const total = bars.reduce((sum, bar) => sum + bar.value, 0);
  const write = (n: number) =>
    unit === 'bytes' ? formatBytes(n, reader) : `${formatQuantity(n, reader)} ${unit}`;
  const when = (bar: UsageBar) => labelOf(bar.start, granularity, reader);
  const shown = active === null ? null : bars[active];
  return (
    <ChartFrame
      title={title}
      {...(note ? { note } : {})}
      {...(props.className ? { className: props.className } : {})}
      fileName={fileName}
      table={() => ({
        header: ['start', unit],
        length: bars.length,
        rows: (index) => [bars[index]?.start ?? null, bars[index]?.value ?? null],
      })}
      readout={
        <ChartReadout
          at={shown ? when(shown) : 'Total'}
          items={[{ label: '', value: write(shown ? shown.value : total), swatch: 'text-chart-1' }]}
        />
      }
    >
      {/** A group of bars that keys walk through; each bar's figure is in the readout and the table. */}
      <div
        {...walkProps({ length: bars.length, active, onActive: setActive })}
        aria-label={title}
        aria-describedby={id}
        aria-valuetext={shown ? `${when(shown)}: ${write(shown.value)}` : `Total: ${write(total)}`}
        className="relative mx-2 flex items-end rounded-sm border-b border-line-strong pr-14"
        style={{ height }}
      >
        <span id={id} className="sr-only">
          Use the arrow keys to go from bar to bar.
        </span>
        <Scale
          top={top}
          write={(n) =>
            unit === 'bytes'
              ? formatBytes(n, reader)
              : formatQuantity(n, { ...reader, short: true })
          }
        />
        {bars.map((bar, index) => (
          <div
            key={bar.start}
            aria-hidden="true"
            onPointerEnter={() => setActive(index)}
            className="relative flex h-full min-w-0 flex-1 items-end justify-center"
          >
            <div
              className={cn(
                'w-4/5 max-w-10 rounded-t-sm bg-chart-1 transition-opacity',
                active !== null && active !== index && 'opacity-45',
              )}
              style={{
                height: `${top === 0 ? 0 : (bar.value / top) * 100}%`,
                minHeight: bar.value > 0 ? 2 : 0,
              }}
            />
          </div>
        ))}
      </div>
      <div
        aria-hidden="true"
        className="figures mx-2 flex justify-between pt-1.5 pr-14 text-xs text-muted"
      >
        <span>{bars[0] ? when(bars[0]) : ''}</span>
        <span>{bars.length > 1 ? when(bars[bars.length - 1] as UsageBar) : ''}</span>
      </div>
    </ChartFrame>
  );
}

function Scale({ top, write }: { top: number; write: (value: number) => string }) {
  if (top === 0) {
    return (
      <span className="absolute inset-0 grid place-items-center text-sm text-muted">
        Nothing in this period
      </span>
    );
  }
  return [1, 0.5].map((share) => (
    <span
      key={share}
      aria-hidden="true"
      className="figures absolute inset-x-0 border-t border-chart-grid pt-0.5 text-right text-xs text-muted"
      style={{ top: `${(1 - share) * 100}%` }}
    >
      {write(top * share)}
    </span>
  ));
}

function labelOf(
  start: string,
  granularity: UsageChartProps['granularity'],
  reader: { locale: string; timeZone: string },
): string {
  const at = new Date(start);
  if (granularity === 'hour') return formatTime(at, 'day-minute', reader);
  // Days and months are UTC periods: shown in another zone they would carry yesterday's date.
  const style =
    granularity === 'day'
      ? ({ month: 'short', day: 'numeric' } as const)
      : ({ year: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(reader.locale, { ...style, timeZone: 'UTC' }).format(at);
}
