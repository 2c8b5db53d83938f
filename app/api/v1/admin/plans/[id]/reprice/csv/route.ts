import { z } from 'zod';
import { exportReprice, repriceCsv } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The last report of repriced tenants as CSV, a line each',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
  },
  async ({ ctx, params }) => {
    const report = await exportReprice(ctx, params.id);
    return new Response(repriceCsv(report ?? { rows: [] }), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="reprice-${report?.plan_id ?? 'none'}.csv"`,
      },
    });
  },
);
