import { z } from 'zod';
import { exportTrades, listTrades } from '@/lib/domains/trading/backtests';
import { tradeDto, seriesQuery } from '@/lib/domains/trading/backtests/schemas';
import { csvResponse, wantsCsv } from '@/lib/transport/csv-answer';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'List the closed trades, in the order of their exits; whole as CSV',
    tag: 'Back-tests',
    access: 'tenant',
    params: z.object({ id: z.string() }),
    query: seriesQuery,
    response: z.object({ data: z.array(tradeDto), next_cursor: z.string().nullable() }),
    formats: ['text/csv'],
    errors: ['no_result'],
  },
  async ({ ctx, params, query, request }) => {
    if (!wantsCsv(request)) return listTrades(ctx, params.id, query);
    return csvResponse(await exportTrades(ctx, params.id), `${params.id}-trades.csv`);
  },
);
