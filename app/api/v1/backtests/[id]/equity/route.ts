import { z } from 'zod';
import { exportEquity, listEquity } from '@/lib/domains/trading/backtests';
import { equityDto, seriesQuery } from '@/lib/domains/trading/backtests/schemas';
import { csvResponse, wantsCsv } from '@/lib/transport/csv-answer';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'Read the equity curve, oldest first; whole as CSV',
    tag: 'Back-tests',
    access: 'tenant',
    params: z.object({ id: z.string() }),
    query: seriesQuery,
    response: z.object({ data: z.array(equityDto), next_cursor: z.string().nullable() }),
    formats: ['text/csv'],
    errors: ['no_result'],
  },
  async ({ ctx, params, query, request }) => {
    if (!wantsCsv(request)) return listEquity(ctx, params.id, query);
    return csvResponse(await exportEquity(ctx, params.id), `${params.id}-equity.csv`);
  },
);
