import type { ReactNode } from 'react';
import { cn } from '../ui/class-names';
import { MetricName } from '../ui/metric-name';

export interface Metric {
  name: string;
  definition: string;
  formula?: string;
  value: ReactNode;
}

export interface MetricGroup {
  /** "Return", "Risk", "Trades". */
  title?: string;
  metrics: readonly Metric[];
}

/** Many figures, dense and in groups; every name explains itself when pressed. */
export function MetricGrid({
  groups,
  className,
}: {
  groups: readonly MetricGroup[];
  className?: string;
}) {
  return (
    <div className={cn('grid gap-x-8 gap-y-6 sm:grid-cols-2 xl:grid-cols-3', className)}>
      {groups.map((group, index) => (
        <section key={group.title ?? index} className="min-w-0">
          {group.title ? <h3 className="mb-1 text-sm">{group.title}</h3> : null}
          <dl className="divide-y divide-line border-y border-line">
            {group.metrics.map((metric) => (
              <div
                key={metric.name}
                className="flex min-h-9 items-center justify-between gap-4 py-1.5"
              >
                <dt className="min-w-0 text-base text-muted">
                  <MetricName
                    name={metric.name}
                    definition={metric.definition}
                    {...(metric.formula ? { formula: metric.formula } : {})}
                  />
                </dt>
                <dd className="figures shrink-0 text-right font-medium text-strong">
                  {metric.value}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
