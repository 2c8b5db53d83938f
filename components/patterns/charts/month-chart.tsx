'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { ChartFrame, ChartReadout } from './chart-frame';
import { MonthPlot } from './month-plot';
import type { Scale } from './month-scale';
import { type ChartUnit, useMonthWords } from './use-month-words';

/** What every chart by months is told. */
export interface MonthChartProps {
  title: string;
  note?: ReactNode;
  controls?: ReactNode;
  /** "2026-11", oldest first, without gaps. */
  months: readonly string[];
  unit: ChartUnit;
  fileName: string;
  height?: number;
  /** Below the plot: how it is to be judged. */
  footer?: ReactNode;
}

type Items = ComponentProps<typeof ChartReadout>['items'];

interface Drawing {
  /** A value for each month; null where it is undefined. The table and the CSV. */
  columns: readonly { label: string; values: readonly (number | null)[] }[];
  scale: Scale;
  /** What is told of a month; the newest one's while nobody is at the chart. */
  itemsOf: (month: number, write: (value: number | null) => string) => Items;
  children: ReactNode;
}

/** What is the same of all charts by months: the frame, the figures of the month that one is at, and the walk through them. */
export function MonthChart(props: MonthChartProps & Drawing) {
  return props.months.length > 0 ? <DrawnMonths {...props} /> : <NoMonths {...props} />;
}

/** In place of a chart before its first month: what it will show, and when. */
function NoMonths({ title, note, footer = 'No months yet.' }: MonthChartProps) {
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-panel px-4 py-3.5">
      <figcaption>
        <h2 className="text-base">{title}</h2>
        {note ? <p className="text-sm text-muted">{note}</p> : null}
      </figcaption>
      <p className="mt-6 mb-3 text-sm text-muted">{footer}</p>
    </figure>
  );
}

function DrawnMonths(props: MonthChartProps & Drawing) {
  const { title, months, columns, scale, itemsOf, height = 220 } = props;
  const words = useMonthWords(props.unit);
  const [active, setActive] = useState<number | null>(null);
  const shown = active ?? months.length - 1;
  const items = itemsOf(shown, words.write);
  const at = words.month(months[shown] ?? '');
  return (
    <ChartFrame
      title={title}
      note={props.note}
      controls={props.controls}
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
        {props.children}
      </MonthPlot>
      {props.footer ? <p className="mx-2 mt-3 text-sm text-muted">{props.footer}</p> : null}
    </ChartFrame>
  );
}
