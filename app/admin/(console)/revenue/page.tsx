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
import { NotYourRole } from '../_components/not-your-role';
import { RevenueControls } from './_components/revenue-controls';

export const metadata: Metadata = { title: 'Revenue' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RevenuePage({ searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  if (!may('revenue:read'))
    return <NotYourRole page="Revenue" whose="finance and administrators" />;
  const query = listQueryOf(revenueQuery, await searchParams);
  const revenue = await getRevenue(ctx, query);
  const { currency, currencies, months } = revenue;
  const books = { tenants: query.tenants, currency };
  const last = months.at(-1);
  const controls = <RevenueControls months={query.months} books={books} currencies={currencies} />;
  if (currencies.length === 0 || !last) {
    return (
      <>
        <PageHeader title="Revenue" secondary={controls} />
        <EmptyState
          icon={<ChartNoAxesCombined />}
          title="No revenue yet"
          action={
            query.tenants === 'live' ? (
              <LinkButton href="/admin/revenue?tenants=sandbox" variant="secondary">
                See sandbox tenants
              </LinkButton>
            ) : (
              <LinkButton href="/admin/subscriptions" variant="secondary">
                See subscriptions
              </LinkButton>
            )
          }
        >
          MRR, its movements, cohorts and a forecast stand here once the first{' '}
          {query.tenants === 'sandbox' ? 'sandbox tenant' : 'tenant'} pays for a plan.
        </EmptyState>
      </>
    );
  }
  const { cohorts } = await getCohorts(ctx, { ...query, ...books });
  const forecast = await getRevenueForecast(ctx, books);
  return (
    <>
      <PageHeader
        title="Revenue"
        description={`All ${query.tenants} tenants, by calendar months in UTC, in one currency. Every figure leads to the rows it is the sum of.`}
        secondary={controls}
      />
      <HeadlineFigures revenue={revenue} books={books} last={last} />
      <div className="mt-6 flex flex-col gap-6">
        <MovementChart months={months} currency={currency} />
        <MovementTable months={months} books={books} />
        <div className="grid gap-6 lg:grid-cols-2">
          <ForecastChart forecast={forecast} currency={currency} />
          <RetentionChart months={months} />
        </div>
        {cohorts.length > 0 ? <CohortMap cohorts={cohorts} books={books} /> : null}
        <MoneyChart months={months} currency={currency} />
        <MoneyTable months={months} books={books} />
      </div>
    </>
  );
}
