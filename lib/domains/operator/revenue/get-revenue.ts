import { readCohorts, readForecast, readRevenue } from '@/lib/domains/revenue';
import type {
  CohortsDto,
  ForecastDto,
  ForecastQuery,
  RevenueDto,
  RevenueQuery,
} from '@/lib/domains/revenue/schemas';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from '../platform-audit';

const object = { type: 'platform', id: 'all' };

/** Revenue of all tenants, month by month, in one currency. Throws `forbidden`. */
export async function getRevenue(ctx: OperatorCtx, query: RevenueQuery): Promise<RevenueDto> {
  authoriseOperator(ctx, 'revenue:read');
  return withOperator(ctx, async (tx) => ({
    result: await readRevenue(tx, query, ctx.clock.now()),
    entry: { action: 'revenue.viewed', object, after: query },
  }));
}

/** What became of the customers of each month. Throws `forbidden`. */
export async function getCohorts(ctx: OperatorCtx, query: RevenueQuery): Promise<CohortsDto> {
  authoriseOperator(ctx, 'revenue:read');
  return withOperator(ctx, async (tx) => ({
    result: await readCohorts(tx, query, ctx.clock.now()),
    entry: { action: 'revenue_cohorts.viewed', object, after: query },
  }));
}

/** The MRR of the next months, with how well such forecasts did so far. Throws `forbidden`. */
export async function getRevenueForecast(
  ctx: OperatorCtx,
  query: ForecastQuery,
): Promise<ForecastDto> {
  authoriseOperator(ctx, 'revenue:read');
  return withOperator(ctx, async (tx) => ({
    result: await readForecast(tx, query, ctx.clock.now()),
    entry: { action: 'revenue_forecast.viewed', object, after: query },
  }));
}
