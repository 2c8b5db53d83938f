import { z } from 'zod';
import { getStrategy, updateStrategy } from '@/lib/domains/trading/strategies';
import { strategyDto, updateStrategyInput } from '@/lib/domains/trading/strategies/schemas';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ id: z.string() });

export const GET = defineRoute(
  {
    permission: 'strategies:read',
    summary: 'Read a strategy in its latest version',
    tag: 'Strategies',
    access: 'tenant',
    params,
    response: strategyDto,
  },
  ({ ctx, params }) => getStrategy(ctx, params.id),
);

export const PATCH = defineRoute(
  {
    permission: 'strategies:write',
    summary: 'Rename a strategy, save its next version, archive or restore it',
    tag: 'Strategies',
    access: 'tenant',
    params,
    body: updateStrategyInput,
    response: strategyDto,
    errors: ['invalid_strategy', 'version_conflict', 'strategy_archived', 'quota_exceeded'],
  },
  ({ ctx, params, body }) => updateStrategy(ctx, params.id, body),
);

export const DELETE = defineRoute(
  {
    permission: 'strategies:write',
    summary: 'Archive a strategy; PATCH {"archived": false} brings it back',
    tag: 'Strategies',
    access: 'tenant',
    params,
    response: strategyDto,
  },
  ({ ctx, params }) => updateStrategy(ctx, params.id, { archived: true }),
);
