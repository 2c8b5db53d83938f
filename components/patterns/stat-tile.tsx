import type { ReactNode } from 'react';
import { cn } from '../ui/class-names';
import { MetricName } from '../ui/metric-name';

export interface StatTileProps {
  name: string;
  /** What the figure means; makes the name explain itself. */
  definition?: string;
  formula?: string;
  /** A figure element: `<Money …/>`, `<Percent …/>`. */
  value: ReactNode;
  /** A `Delta`, a range, a reset time. */
  note?: ReactNode;
  /** A `Sparkline`. */
  trend?: ReactNode;
  className?: string;
}

/** One figure that matters, with its name, its change and its course. */
export function StatTile({
  name,
  definition,
  formula,
  value,
  note,
  trend,
  className,
}: StatTileProps) {
  return (
    <div
      className={cn(
        'flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-panel px-4 py-3.5',
        className,
      )}
    >
      <div className="text-sm text-muted">
        {definition ? (
          <MetricName name={name} definition={definition} {...(formula ? { formula } : {})} />
        ) : (
          name
        )}
      </div>
      <div className="flex items-end justify-between gap-3">
        <div className="figures truncate text-lg font-semibold text-strong">{value}</div>
        {trend ? <div className="h-8 w-24 shrink-0">{trend}</div> : null}
      </div>
      {note ? <div className="text-sm text-muted">{note}</div> : null}
    </div>
  );
}

/** Tiles in a row that wraps: four on a desk, two on a phone. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        'grid grid-cols-2 gap-3 lg:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]',
        className,
      )}
    >
      {children}
    </div>
  );
}
