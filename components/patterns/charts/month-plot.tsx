'use client';

import { type ReactNode, useId } from 'react';
import { fromTop, type Scale } from './month-scale';
import { walkProps } from './walk-props';

interface MonthPlotProps {
  title: string;
  /** Written for the reader, oldest first. */
  labels: readonly string[];
  scale: Scale;
  writeTick: (value: number) => string;
  active: number | null;
  onActive: (index: number | null) => void;
  /** The figures of the active month, or of the whole, in words. */
  says: string;
  height: number;
  children: ReactNode;
}

/** The ground of a chart by months: lines of the scale, a column for each month that pointer and arrow keys walk through. */
export function MonthPlot(props: MonthPlotProps) {
  const { title, labels, scale, active, onActive, height } = props;
  const id = useId();
  const last = Math.max(labels.length - 1, 0);
  return (
    <>
      <div
        {...walkProps({ length: labels.length, active, onActive })}
        aria-label={title}
        aria-describedby={id}
        aria-valuetext={props.says}
        className="relative mx-2 mt-2 rounded-sm"
        style={{ height }}
      >
        <span id={id} className="sr-only">
          Use the arrow keys to go from month to month.
        </span>
        {scale.ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden="true"
            className={`figures absolute inset-x-0 border-t text-right text-xs text-muted ${tick === 0 ? 'border-line-strong' : 'border-chart-grid'}`}
            style={{ top: `${fromTop(tick, scale)}%` }}
          >
            <span className="inline-block w-14 translate-y-0.5">{props.writeTick(tick)}</span>
          </span>
        ))}
        <div className="absolute inset-y-0 right-14 left-0">{props.children}</div>
        <div aria-hidden="true" className="absolute inset-y-0 right-14 left-0 flex">
          {labels.map((label, at) => (
            <span
              key={label}
              onPointerEnter={() => onActive(at)}
              className="relative h-full flex-1 data-[active=true]:bg-strong/5"
              data-active={at === active}
            />
          ))}
        </div>
      </div>
      <div
        aria-hidden="true"
        className="figures mx-2 flex justify-between pt-2.5 pr-14 text-xs text-muted"
      >
        <span>{labels[0]}</span>
        {labels.length > 4 ? <span>{labels[Math.floor(last / 2)]}</span> : null}
        {labels.length > 1 ? <span>{labels[last]}</span> : null}
      </div>
    </>
  );
}
