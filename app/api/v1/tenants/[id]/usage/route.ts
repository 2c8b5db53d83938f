import { exportUsage, getUsage, usageQuery, usageSeries } from '@/lib/domains/usage';
import { defineRoute } from '@/lib/transport/define-route';
import { SERIES_FORMATS, seriesAnswer } from '@/lib/transport/series-answer';

export const GET = defineRoute(
  {
    permission: 'usage:read',
    summary: 'Usage over time; whole as CSV or Parquet',
    tag: 'Usage',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: usageQuery,
    response: usageSeries,
    formats: SERIES_FORMATS,
    errors: ['range_upside_down', 'range_too_long', 'unknown_group'],
  },
  ({ ctx, query, request }) =>
    seriesAnswer({ ctx, request }, `usage-${query.meter}`, {
      page: async () => ({ data: await getUsage(ctx, query) }),
      whole: () => exportUsage(ctx, query),
    }),
);
