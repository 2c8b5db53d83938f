import { z } from 'zod';
import { createStrategy, listStrategies } from '@/lib/domains/trading/strategies';
import {
  createStrategyInput,
  listStrategiesQuery,
  strategyDto,
} from '@/lib/domains/trading/strategies/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'strategies:read',
    summary: 'List strategies, newest first',
    tag: 'Strategies',
    access: 'tenant',
    query: listStrategiesQuery,
    response: z.object({ data: z.array(strategyDto), next_cursor: z.string().nullable() }),
  },
  ({ ctx, query }) => listStrategies(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'strategies:write',
    summary: 'Save a strategy',
    tag: 'Strategies',
    access: 'tenant',
    body: createStrategyInput,
    response: strategyDto,
    status: 201,
    errors: ['invalid_strategy', 'quota_exceeded'],
  },
  ({ ctx, body }) => createStrategy(ctx, body),
);
