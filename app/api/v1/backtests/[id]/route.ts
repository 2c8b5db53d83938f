import { z } from 'zod';
import { cancelOrRemoveBacktest, getBacktest } from '@/lib/domains/trading/backtests';
import { backtestDto } from '@/lib/domains/trading/backtests/schemas';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ id: z.string() });

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'Read a back-test: status, progress, metrics',
    tag: 'Back-tests',
    access: 'tenant',
    params,
    response: backtestDto,
  },
  ({ ctx, params }) => getBacktest(ctx, params.id),
);

export const DELETE = defineRoute(
  {
    permission: 'backtests:write',
    summary: 'Cancel a back-test that is not over (200), or remove one that is (204)',
    tag: 'Back-tests',
    access: 'tenant',
    params,
    response: backtestDto,
  },
  async ({ ctx, params }) =>
    (await cancelOrRemoveBacktest(ctx, params.id)) ?? new Response(null, { status: 204 }),
);
