'use client';

import { useState } from 'react';
import { Card, CardHeader } from '@/components/ui/card';
import { Money, Percent, Quantity } from '@/components/ui/figures';
import { SegmentedControl } from '@/components/ui/radio-group';
import type { Books, CohortsDto } from '@/lib/domains/revenue/schemas';
import { movementsHref } from './addresses';
import { FigureLink } from './figure-link';
import { MonthName } from './month-name';

type By = 'customers' | 'mrr';
const options = [
  { value: 'customers', label: 'Customers' },
  { value: 'mrr', label: 'MRR' },
] as const;

/** The share of a full cell's colour that text on it can bear in both themes, in percent. */
const FULL = 45;
const shade = (percent: number) =>
  `color-mix(in oklch, var(--chart-1) ${Math.round((Math.min(percent, 100) / 100) * FULL)}%, transparent)`;

/** What was kept of the customers of each month, month by month after: darker is more, and the figure stands in the cell. */
export function CohortMap({ cohorts, books }: { cohorts: CohortsDto['cohorts']; books: Books }) {
  const [by, setBy] = useState<By>('customers');
  const longest = Math.max(0, ...cohorts.map(({ kept }) => kept.length));
  return (
    <Card>
      <CardHeader
        title="Cohorts"
        description="Customers by the month in which they began to pay, and what of them was kept at the end of each month after."
        actions={
          <SegmentedControl
            size="sm"
            legend="Kept by"
            options={options}
            value={by}
            onChange={setBy}
          />
        }
      />
      <section
        aria-label="Cohorts"
        tabIndex={0}
        className="scrollbar-quiet overflow-x-auto border-t border-line pb-2"
      >
        <table className="figures border-separate border-spacing-0.5 px-4 text-sm">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="h-8 pr-4 text-left font-medium whitespace-nowrap">
                Began in
              </th>
              <th scope="col" className="pr-4 text-right font-medium">
                {by === 'customers' ? 'Customers' : 'MRR'}
              </th>
              {Array.from({ length: longest }, (_, at) => (
                <th key={at} scope="col" className="min-w-12 text-center font-medium">
                  {at}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map((cohort) => (
              <tr key={cohort.month}>
                <th
                  scope="row"
                  className="h-8 pr-4 text-left font-normal whitespace-nowrap text-strong"
                >
                  <MonthName month={cohort.month} />
                </th>
                <td className="pr-4 text-right">
                  <FigureLink href={movementsHref(cohort.month, books, 'new')}>
                    {by === 'customers' ? (
                      <Quantity value={cohort.customers} />
                    ) : (
                      <Money value={cohort.mrr} whole />
                    )}
                  </FigureLink>
                </td>
                {cohort.kept.map((month, at) => {
                  const percent = (by === 'customers' ? month.customers_pct : month.mrr_pct) ?? 0;
                  return (
                    <td
                      key={at}
                      className="rounded-sm px-1.5 text-center text-strong"
                      style={{ background: shade(percent) }}
                    >
                      <Percent value={percent} digits={0} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
