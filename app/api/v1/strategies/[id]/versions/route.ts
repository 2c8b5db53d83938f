import { z } from 'zod';
import { listVersions } from '@/lib/domains/trading/strategies';
import { strategyVersionDto } from '@/lib/domains/trading/strategies/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'strategies:read',
    summary: 'List the versions of a strategy, newest first',
    tag: 'Strategies',
    access: 'tenant',
    params: z.object({ id: z.string() }),
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.coerce.number().int().positive().optional(),
    }),
    response: z.object({ data: z.array(strategyVersionDto), next_cursor: z.string().nullable() }),
  },
  ({ ctx, params, query }) => listVersions(ctx, params.id, query),
);
