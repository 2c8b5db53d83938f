import { getUsage, usageQuery, usageSeries } from '@/lib/domains/usage';
import { csvResponse, wantsCsv } from '@/lib/transport/csv-answer';
import { csvRows } from '@/lib/transport/csv-rows';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'usage:read',
    summary: 'Usage over time',
    tag: 'Usage',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: usageQuery,
    response: usageSeries,
    formats: ['text/csv'],
    errors: ['range_upside_down', 'range_too_long', 'unknown_group'],
  },
  async ({ ctx, query, request }) => {
    const data = await getUsage(ctx, query);
    if (!wantsCsv(request)) return { data };
    const columns = query.group_by
      ? (['start', 'group', 'value'] as const)
      : (['start', 'value'] as const);
    return csvResponse(csvRows(columns, data), `usage-${query.meter}.csv`);
  },
);
