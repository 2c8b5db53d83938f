import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { Delta, Money, Percent, Quantity } from '@/components/ui/figures';
import type { Books, RevenueDto, RevenueMonthDto } from '@/lib/domains/revenue/schemas';
import { customersHref, movementsHref } from './addresses';
import { FigureLink } from './figure-link';
import { MonthName } from './month-name';

const grown = (now: number, before: number) =>
  before > 0 ? ((now - before) / before) * 100 : null;

/** What the last month shown comes to, each with the way to its rows. */
export function HeadlineFigures({
  revenue,
  books,
  last,
}: {
  revenue: RevenueDto;
  books: Books;
  last: RevenueMonthDto;
}) {
  const { year, deferred } = revenue;
  const payers = customersHref(last.month, books);
  const churn = movementsHref(last.month, books, 'churn');
  const moved = movementsHref(last.month, books);
  const since = last.complete ? 'its start' : 'the month’s start';
  return (
    <StatRow>
      <StatTile
        name="MRR"
        definition="What all paying customers are worth a month, at the end of the month or now: the price of their terms by month, without tax and overage."
        formula="Σ subscription_event.monthly_after"
        value={
          <FigureLink href={payers}>
            <Money value={last.mrr} />
          </FigureLink>
        }
        note={<Delta percent={grown(last.mrr.amount, last.mrr_start.amount)} against={since} />}
      />
      <StatTile
        name="ARR"
        definition="MRR, were it to stay for a year."
        formula="MRR × 12"
        value={
          <FigureLink href={payers}>
            <Money value={last.arr} />
          </FigureLink>
        }
      />
      <StatTile
        name="Paying customers"
        definition="Tenants worth more than 0 at the end of the month, or now."
        value={
          <FigureLink href={payers}>
            <Quantity value={last.customers} />
          </FigureLink>
        }
        note={<Delta percent={grown(last.customers, last.customers_start)} against={since} />}
      />
      <StatTile
        name="ARPA"
        definition="Average revenue per account, a month."
        formula="MRR / paying customers"
        value={<Money value={last.arpa} />}
        note={
          <>
            Lifetime value <Money value={last.ltv} whole />
          </>
        }
      />
      <StatTile
        name="Logo churn"
        definition="Customers lost in the month, of those at its start."
        formula="churned customers / customers at the start"
        value={
          <FigureLink href={churn}>
            <Percent value={last.logo_churn_pct} digits={1} />
          </FigureLink>
        }
        note={`${last.movements.churn.customers} of ${last.customers_start}`}
      />
      <StatTile
        name="Revenue churn"
        definition="MRR lost in the month by churn and contraction, of MRR at its start."
        formula="(churn + contraction) / MRR at the start"
        value={
          <FigureLink href={moved}>
            <Percent value={last.revenue_churn_pct} digits={1} />
          </FigureLink>
        }
        note={
          <>
            GRR <Percent value={last.grr_pct} digits={1} />
          </>
        }
      />
      <StatTile
        name="NRR over a year"
        definition="What the customers of twelve months ago are worth now, of what they were worth then: with expansion (NRR), and at most what they were worth then, each (GRR)."
        formula="MRR now of the customers of then / MRR then"
        value={<Percent value={year.nrr_pct} digits={1} />}
        note={
          <>
            GRR <Percent value={year.grr_pct} digits={1} />, since{' '}
            <MonthName month={year.base_month} />
          </>
        }
      />
      <StatTile
        name="Trial conversion"
        definition="Of the subscriptions whose trial ended in the month, those that were active then or later."
        value={<Percent value={last.trials.conversion_pct} digits={0} />}
        note={`${last.trials.converted} of ${last.trials.ended}`}
      />
      <StatTile
        name="Deferred"
        definition="Invoiced until the end of the month, and earned only later."
        formula="Σ invoiced − Σ recognised"
        value={<Money value={deferred} />}
      />
    </StatRow>
  );
}
