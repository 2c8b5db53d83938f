import { z } from 'zod';
import { createBacktest, listBacktests } from '@/lib/domains/trading/backtests';
import {
  backtestDto,
  createBacktestInput,
  listBacktestsQuery,
} from '@/lib/domains/trading/backtests/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'backtests:read',
    summary: 'List back-tests, newest first',
    tag: 'Back-tests',
    access: 'tenant',
    query: listBacktestsQuery,
    response: z.object({ data: z.array(backtestDto), next_cursor: z.string().nullable() }),
  },
  ({ ctx, query }) => listBacktests(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'backtests:write',
    summary: 'Queue a back-test',
    tag: 'Back-tests',
    access: 'tenant',
    body: createBacktestInput,
    response: backtestDto,
    status: 202,
    errors: ['invalid_strategy', 'unknown_symbol', 'no_bars', 'empty_range', 'quota_exceeded'],
  },
  ({ ctx, body }) => createBacktest(ctx, body),
);
