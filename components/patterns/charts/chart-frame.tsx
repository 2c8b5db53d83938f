'use client';

import { ChartLine, Download, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from '../../ui/class-names';
import { IconButton } from '../../ui/icon-button';
import { ChartGuard } from './chart-guard';
import { ChartTable, type ChartTableData } from './chart-table';
import { downloadText, toCsv } from './csv';

export interface ChartFrameProps {
  title: string;
  /** Dates, costs, source: what the reader must know to judge it. */
  note?: ReactNode;
  /** Level of the title in the page's outline. */
  level?: 2 | 3;
  /** Range selector and the like. */
  controls?: ReactNode;
  /** Figures at the crosshair. */
  readout?: ReactNode;
  /** The same figures as a table, made when asked for. */
  table: () => ChartTableData;
  /** Name of the CSV file, without ending. */
  fileName: string;
  className?: string;
  children: ReactNode;
}

/** What surrounds every chart: title, controls, figures, and the table and CSV behind it. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, note, level = 2, controls, readout, table, fileName, className, children } = props;
  const [asTable, setAsTable] = useState(false);
  const Heading = `h${level}` as const;
  const download = () => {
    const { header, rows, length } = table();
    const all = Array.from({ length }, (_, index) => rows(index));
    downloadText(`${fileName}.csv`, 'text/csv;charset=utf-8', toCsv(header, all));
  };
  return (
    <figure className={cn('min-w-0 rounded-lg border border-line bg-panel', className)}>
      <figcaption className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5">
        <div className="min-w-0">
          <Heading className="text-base">{title}</Heading>
          {note ? <p className="text-sm text-muted">{note}</p> : null}
        </div>
        <div className="flex max-w-full items-center gap-1">
          {asTable ? null : controls}
          <IconButton
            size="sm"
            label={asTable ? 'Show the chart' : 'Show as a table'}
            icon={asTable ? <ChartLine /> : <Table2 />}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
          <IconButton size="sm" label="Download as CSV" icon={<Download />} onClick={download} />
        </div>
      </figcaption>
      {asTable ? (
        <ChartTable label={title} data={table()} />
      ) : (
        <>
          {readout ? <div className="px-4 pt-2">{readout}</div> : null}
          <div className="px-2 pt-1 pb-2">
            <ChartGuard fallback={<ChartTable label={title} data={table()} />}>
              {children}
            </ChartGuard>
          </div>
        </>
      )}
    </figure>
  );
}

/** Names and values at the crosshair, in the colours of their curves where they have one. */
export function ChartReadout({
  at,
  items,
}: {
  at: string;
  items: readonly { label: string; value: string; swatch?: string; dashed?: boolean }[];
}) {
  return (
    <p className="figures flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
      <span className="min-w-24">{at}</span>
      {items.map((item) => (
        <span key={item.label} className="inline-flex items-center gap-1.5">
          {item.swatch ? (
            <svg viewBox="0 0 12 4" className={cn('h-1 w-3', item.swatch)} aria-hidden="true">
              <line
                x1="0"
                x2="12"
                y1="2"
                y2="2"
                stroke="currentColor"
                strokeWidth="3"
                strokeDasharray={item.dashed ? '3 2' : undefined}
              />
            </svg>
          ) : null}
          {item.label} <span className="font-medium text-strong">{item.value}</span>
        </span>
      ))}
    </p>
  );
}
