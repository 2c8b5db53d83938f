import { ChartNoAxesCombined } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { LinkButton } from '@/components/ui/link-button';
import { getCohorts, getRevenue, getRevenueForecast } from '@/lib/domains/operator';
import { revenueQuery } from '@/lib/domains/revenue/schemas';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { ForecastChart, MoneyChart, MovementChart, RetentionChart } from './_components/charts';
import { CohortMap } from './_components/cohort-map';
import { HeadlineFigures } from './_components/headline-figures';
import { MoneyTable } from './_components/money-table';
import { MovementTable } from './_components/movement-table';
import { NotYourRole } from './_components/not-your-role';
import { RevenueControls } from './_components/revenue-controls';

export const metadata: Metadata = { title: 'Revenue' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RevenuePage({ searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  if (!may('revenue:read')) return <NotYourRole />;
  const query = listQueryOf(revenueQuery, await searchParams);
  const revenue = await getRevenue(ctx, query);
  const { currency, currencies, months } = revenue;
  const last = months.at(-1);
  if (currencies.length === 0 || !last) {
    return (
      <>
        <PageHeader title="Revenue" />
        <EmptyState
          icon={<ChartNoAxesCombined />}
          title="No revenue yet"
          action={
            <LinkButton href="/admin/subscriptions" variant="secondary">
              See subscriptions
            </LinkButton>
          }
        >
          MRR, its movements, cohorts and a forecast stand here once the first tenant pays for a
          plan.
        </EmptyState>
      </>
    );
  }
  const { cohorts } = await getCohorts(ctx, { ...query, currency });
  const forecast = await getRevenueForecast(ctx, { currency });
  return (
    <>
      <PageHeader
        title="Revenue"
        description="All tenants, by calendar months in UTC, in one currency. Every figure leads to the rows it is the sum of."
        secondary={
          <RevenueControls months={query.months} currency={currency} currencies={currencies} />
        }
      />
      <HeadlineFigures revenue={revenue} last={last} />
      <div className="mt-6 flex flex-col gap-6">
        <MovementChart months={months} currency={currency} />
        <MovementTable months={months} currency={currency} />
        <div className="grid gap-6 lg:grid-cols-2">
          <ForecastChart forecast={forecast} currency={currency} />
          <RetentionChart months={months} />
        </div>
        {cohorts.length > 0 ? <CohortMap cohorts={cohorts} currency={currency} /> : null}
        <MoneyChart months={months} currency={currency} />
        <MoneyTable months={months} currency={currency} />
      </div>
    </>
  );
}
