import { z } from 'zod';
import { exportEquity, listEquity } from '@/lib/domains/trading/backtests';
import { equityDto, seriesQuery } from '@/lib/domains/trading/backtests/schemas';
import { defineRoute } from '@/lib/transport/define-route';
import { SERIES_FORMATS, seriesAnswer } from '@/lib/transport/series-answer';

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'Read the equity curve, oldest first; whole as CSV or Parquet',
    tag: 'Back-tests',
    access: 'tenant',
    params: z.object({ id: z.string() }),
    query: seriesQuery,
    response: z.object({ data: z.array(equityDto), next_cursor: z.string().nullable() }),
    formats: SERIES_FORMATS,
    errors: ['no_result'],
  },
  ({ ctx, params, query, request }) =>
    seriesAnswer({ ctx, request }, `${params.id}-equity`, {
      page: () => listEquity(ctx, params.id, query),
      whole: () => exportEquity(ctx, params.id),
    }),
);
