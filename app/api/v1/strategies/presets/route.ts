import { z } from 'zod';
import { strategyPresets } from '@/lib/domains/trading/strategies';
import { strategyPresetDto } from '@/lib/domains/trading/strategies/schemas';
import { authorise } from '@/lib/kernel/ctx';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'strategies:read',
    summary: 'Strategies to start from',
    tag: 'Strategies',
    access: 'tenant',
    response: z.object({ data: z.array(strategyPresetDto), next_cursor: z.null() }),
  },
  async ({ ctx }) => {
    authorise(ctx, 'strategies:read');
    return { data: strategyPresets, next_cursor: null };
  },
);
