import { z } from 'zod';
import { exportTrades, listTrades } from '@/lib/domains/trading/backtests';
import { tradeDto, seriesQuery } from '@/lib/domains/trading/backtests/schemas';
import { defineRoute } from '@/lib/transport/define-route';
import { SERIES_FORMATS, seriesAnswer } from '@/lib/transport/series-answer';

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'List the closed trades, in the order of their exits; whole as CSV or Parquet',
    tag: 'Back-tests',
    access: 'tenant',
    params: z.object({ id: z.string() }),
    query: seriesQuery,
    response: z.object({ data: z.array(tradeDto), next_cursor: z.string().nullable() }),
    formats: SERIES_FORMATS,
    errors: ['no_result'],
  },
  ({ ctx, params, query, request }) =>
    seriesAnswer({ ctx, request }, `${params.id}-trades`, {
      page: () => listTrades(ctx, params.id, query),
      whole: () => exportTrades(ctx, params.id),
    }),
);
