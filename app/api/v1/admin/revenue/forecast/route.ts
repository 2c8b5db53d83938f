import { getRevenueForecast } from '@/lib/domains/operator';
import { forecastDto, forecastQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'MRR of the next six months, with the error of its own back-test',
    tag: 'Operators',
    access: 'operator',
    query: forecastQuery,
    response: forecastDto,
  },
  ({ ctx, query }) => getRevenueForecast(ctx, query),
);
